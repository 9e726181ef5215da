import { z } from 'zod';
import { Id } from '../id.ts';
import { Notification } from '../notification.ts';
import { route } from './route.ts';

export const listNotifications = route({
  method: 'get',
  path: '/api/notifications',
  summary: 'What I was told, newest first; paged by key',
  query: z.object({ after: Id.optional() }),
  answer: z.object({ notifications: z.array(Notification), unread: z.int(), next: Id.nullable() }),
});

export const readNotifications = route({
  method: 'post',
  path: '/api/notifications/read',
  summary: 'Say that I have seen these; left out: all of them',
  write: true,
  body: z.object({ notifications: z.array(Id).max(500).nullable() }),
  answer: z.object({ unread: z.int() }),
});
