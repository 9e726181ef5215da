import type { Notification } from '#shared/contract/notification.ts';
import { dayWords } from '#lib/moment-words.ts';
import { m } from '#lib/paraglide/messages.js';

type Told = Pick<Notification, 'kind' | 'params'>;

const decided = {
  approved: m.news_waiver_approved,
  refused: m.news_waiver_refused,
  revoked: m.news_waiver_revoked,
};

const words: Record<Notification['kind'], (params: Notification['params']) => string> = {
  'waiver.proposed': (params) =>
    Number(params['more'] ?? 0) > 0
      ? m.news_waiver_proposed_more({ ...waiverIn(params), more: Number(params['more']) })
      : m.news_waiver_proposed(waiverIn(params)),
  'waiver.decided': (params) => decided[params['outcome'] as keyof typeof decided](waiverIn(params)),
  'waiver.ending': (params) =>
    params['days'] === 0
      ? m.news_waiver_ending_today(waiverIn(params))
      : m.news_waiver_ending({ ...waiverIn(params), days: Number(params['days']) }),
  'waiver.expired': (params) => m.news_waiver_expired(waiverIn(params)),
  'action.given': ({ by, what }) =>
    what ? m.news_action_given({ by: String(by), what: String(what) }) : m.news_action_given_plain({ by: String(by) }),
  'action.overdue': ({ due }) => m.news_action_overdue({ day: dayWords(String(due)) }),
  'comment.mentioned': ({ by }) => m.news_mentioned({ by: String(by) }),
  'exception.raised': ({ by, cause }) => m.news_exception_raised({ by: String(by), cause: String(cause) }),
  'record.escalated': ({ by, note }) => m.news_record_escalated({ by: String(by), note: String(note) }),
  'record.fallen': (params) => m.news_record_fallen({ cause: String(params['cause'] ?? '') }),
};

/** What a notification says; the record's reference stands beside it. */
export const notificationWords = ({ kind, params }: Told): string => words[kind](params);

const waiverIn = (params: Notification['params']) => ({
  by: String(params['by'] ?? ''),
  rule: String(params['rule'] ?? ''),
  day: dayWords(String(params['endsOn'])),
});
