import { z } from 'zod';
import { Id, Moment } from './id.ts';

/**
 * waiver.proposed: to those who may decide it, `more` of the same request beside this record. waiver.decided: to who asked
 * for it. waiver.ending: in `days` days, to who asked and the data owner; waiver.expired: to the same.
 * record.fallen: a record of mine no longer stands after its approval changed. action.given: the next action of a record
 * became mine; action.overdue: it is past its day. comment.mentioned: somebody named me. exception.raised: on a record whose
 * next action or data are mine. record.escalated: a standup wants the lead to decide.
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
 * How a person wants to be told of a kind. `inbox` off and `email` on: it is in the daily mail, and stands in the inbox as
 * read from the start. Both off: they are not told.
 */
export const NotificationChoice = z.object({ kind: NotificationKind, inbox: z.boolean(), email: z.boolean() });
export type NotificationChoice = z.infer<typeof NotificationChoice>;

/** Something a person is told. Its sentence is written from kind and params in the reader's language. */
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
