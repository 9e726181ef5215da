import type { NotificationChoice, NotificationKind } from '#shared/contract/notification.ts';

type Way = Pick<NotificationChoice, 'inbox' | 'email'>;

/** How people are told of each kind unless they choose otherwise: what waits for somebody is mailed too. */
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
