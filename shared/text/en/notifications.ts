import type { Texts } from '../texts.ts';

export const notifications: Texts['notifications'] = {
  'waiver.proposed': ({ by, rule, endsOn, more }) =>
    more && more !== '0'
      ? `${by} asks you to decide waivers of ${rule} until ${endsOn}, here and on ${more} more ${more === '1' ? 'record' : 'records'}.`
      : `${by} asks you to decide a waiver of ${rule} until ${endsOn}.`,
  'waiver.decided': ({ by, rule, endsOn, outcome }) =>
    outcome === 'approved'
      ? `${by} approved your waiver of ${rule} until ${endsOn}.`
      : `${by} ${outcome} your waiver of ${rule}.`,
  'waiver.ending': ({ rule, endsOn, days }) =>
    days === '0'
      ? `The waiver of ${rule} ends today. Its gate shuts tonight.`
      : `The waiver of ${rule} ends in ${days} ${days === '1' ? 'day' : 'days'}, on ${endsOn}. Its gate shuts then.`,
  'waiver.expired': ({ rule, endsOn }) => `The waiver of ${rule} ended on ${endsOn}. Its gate asks the rule again.`,
  'record.fallen': ({ cause }) => `A gate it had passed is shut again because ${cause}.`,
  'action.given': ({ by, what }) => `${by} handed you the next action${what ? `: ${what}` : ''}.`,
  'action.overdue': ({ due }) => `Your next action was due on ${due}.`,
  'comment.mentioned': ({ by }) => `${by} mentioned you.`,
  'exception.raised': ({ by, cause }) => `${by} raised an exception: ${cause}.`,
  'record.escalated': ({ by, note }) => `${by} escalated it in the standup: ${note}.`,
};
