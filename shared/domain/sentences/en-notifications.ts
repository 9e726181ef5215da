import type { Notification } from '#shared/contract/notification.ts';
import { readableDay } from './readable-day.ts';

type Told = Pick<Notification, 'kind' | 'params'>;

/** What a notification says, on the page and in a mail; the record's reference stands beside it. */
export const notificationSentence = ({ kind, params }: Told): string => words[kind](readable(params));

type Words = Record<string, string>;

const words: Record<Notification['kind'], (said: Words) => string> = {
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
  'record.fallen': ({ cause = '' }) => `A gate it had passed is shut again: ${cause}.`,
  'action.given': ({ by, what }) => `${by} handed you the next action${what ? `: ${what}` : ''}.`,
  'action.overdue': ({ due }) => `Your next action was due on ${due}.`,
  'comment.mentioned': ({ by }) => `${by} mentioned you.`,
  'exception.raised': ({ by, cause }) => `${by} raised an exception: ${cause}.`,
  'record.escalated': ({ by, note }) => `${by} escalated it in the standup: ${note}.`,
};

/** Every value as text: a day as people read it, and a sentence somebody wrote without its last full stop. */
function readable(params: Notification['params']): Words {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      return [name, readableDay(String(value).replace(/\.$/, ''))];
    }),
  );
}
