import { z } from 'zod';
import { Id, Moment } from './id.ts';

/**
 * - waiver.proposed: to the people who may decide it; `more`: how many other records the same request covers.
 * - waiver.decided: to the person who requested it.
 * - waiver.ending: the waiver ends in `days` days; to the person who requested it and the data owner.
 * - waiver.expired: to the same people.
 * - record.fallen: a rejudged record has a regression, for example because its approval changed; to its data owner and
 *   the leads.
 * - action.given: I became the owner of a record's next action.
 * - action.overdue: my next action is past its due day.
 * - comment.mentioned: somebody mentioned me.
 * - exception.raised: on a record whose next action or data I own.
 * - record.escalated: a standup asks the lead for a decision.
 */
export const NotificationKind = z.enum([
  'waiver.proposed',
  'waiver.decided',
  'waiver.ending',
  'waiver.expired',
  'record.fallen',
  'action.given',
  'action.overdue',
  'comment.mentioned',
  'exception.raised',
  'record.escalated',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/**
 * The channels on which a person receives a kind of notification. `inbox` off and `email` on: it is part of the daily
 * mail and appears in the inbox as already read. Both off: no notification.
 */
export const NotificationChoice = z.object({ kind: NotificationKind, inbox: z.boolean(), email: z.boolean() });
export type NotificationChoice = z.infer<typeof NotificationChoice>;

/** A notification to one person. Its sentence is built from kind and params in the reader's language. */
export const Notification = z.object({
  id: Id,
  kind: NotificationKind,
  scope: Id,
  record: z.object({ id: Id, reference: z.string() }),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  at: Moment,
  readAt: Moment.nullable(),
});
export type Notification = z.infer<typeof Notification>;
