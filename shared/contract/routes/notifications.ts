import { z } from 'zod';
import { Id } from '../id.ts';
import { Notification, NotificationChoice, NotificationKind } from '../notification.ts';
import { route } from './route.ts';

export const listNotifications = route({
  method: 'get',
  path: '/api/notifications',
  summary: 'What I was told, newest first; paged by key',
  query: z.object({
    after: Id.optional(),
    kind: NotificationKind.optional(),
    unread: z.stringbool().optional().describe('Only what I have not seen'),
  }),
  answer: z.object({ notifications: z.array(Notification), unread: z.int(), next: Id.nullable() }),
});

export const readNotifications = route({
  method: 'post',
  path: '/api/notifications/read',
  summary: 'Say that I have seen these; left out: all of them',
  write: true,
  body: z.object({
    notifications: z.array(Id).max(500).nullable(),
    read: z.boolean().default(true).describe('false: that I want to see them again; needs the list'),
  }),
  answer: z.object({ unread: z.int() }),
});

const choices = z.object({
  choices: z.array(NotificationChoice).describe('One per kind'),
  mail: z.boolean().describe('Whether this board sends mail at all'),
});

export const listNotificationChoices = route({
  method: 'get',
  path: '/api/notifications/choices',
  summary: 'How I am told of each kind',
  answer: choices,
});

export const chooseNotifications = route({
  method: 'put',
  path: '/api/notifications/choices',
  summary: 'Choose how I am told of one kind',
  write: true,
  body: NotificationChoice,
  answer: choices.pick({ choices: true }),
});
