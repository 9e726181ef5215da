import type { NotificationChoice, NotificationKind } from '#shared/contract/notification.ts';

type Way = Pick<NotificationChoice, 'inbox' | 'email'>;

/** Default channels of each kind: notifications that require an action are also mailed. */
export const defaultChannels: Readonly<Record<NotificationKind, Way>> = {
  'action.given': { inbox: true, email: true },
  'action.overdue': { inbox: true, email: true },
  'comment.mentioned': { inbox: true, email: true },
  'exception.raised': { inbox: true, email: true },
  'record.escalated': { inbox: true, email: true },
  'record.fallen': { inbox: true, email: true },
  'waiver.proposed': { inbox: true, email: true },
  'waiver.decided': { inbox: true, email: false },
  'waiver.ending': { inbox: true, email: true },
  'waiver.expired': { inbox: true, email: false },
};
