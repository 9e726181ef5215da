import type { NotificationKind } from '#shared/contract/notification.ts';
import { m } from '#lib/paraglide/messages.js';

/** The labels of the notification kinds in the settings. */
export const kindLabel: Record<NotificationKind, () => string> = {
  'action.given': m.inbox_kind_action_given,
  'action.overdue': m.inbox_kind_action_overdue,
  'comment.mentioned': m.inbox_kind_comment_mentioned,
  'exception.raised': m.inbox_kind_exception_raised,
  'record.escalated': m.inbox_kind_record_escalated,
  'record.fallen': m.inbox_kind_record_fallen,
  'waiver.proposed': m.inbox_kind_waiver_proposed,
  'waiver.decided': m.inbox_kind_waiver_decided,
  'waiver.ending': m.inbox_kind_waiver_ending,
  'waiver.expired': m.inbox_kind_waiver_expired,
};

export const notificationKinds = Object.keys(kindLabel) as NotificationKind[];
