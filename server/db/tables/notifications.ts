import { sql } from 'drizzle-orm';
import { boolean, date, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { NotificationKind } from '#shared/contract/notification.ts';
import { id, moment } from './columns.ts';
import { scopes } from './organisations.ts';
import { people } from './people.ts';
import { records } from './records.ts';

export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    kind: text().$type<NotificationKind>().notNull(),
    scopeId: uuid()
      .notNull()
      .references(() => scopes.id),
    recordId: uuid()
      .notNull()
      .references(() => records.id),
    params: jsonb().$type<Record<string, string | number>>().notNull(),
    at: moment().notNull(),
    readAt: moment(),
    /** Deduplication key: a person receives one notification per occasion. */
    occasion: text().notNull(),
  },
  (table) => [
    index('notifications_person').on(table.personId, table.id),
    index('notifications_unread')
      .on(table.personId)
      .where(sql`${table.readAt} is null`),
    uniqueIndex('notifications_occasion').on(table.personId, table.occasion),
  ],
);

/** The notification channels a person chose per kind, where they differ from the defaults. */
export const notificationChoices = pgTable(
  'notification_choices',
  {
    personId: uuid()
      .notNull()
      .references(() => people.id),
    kind: text().$type<NotificationKind>().notNull(),
    inbox: boolean().notNull(),
    email: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.kind] })],
);

/** The daily digests that were sent. Ensures one digest per person and day, however many processes run. */
export const digests = pgTable(
  'digests',
  {
    personId: uuid()
      .notNull()
      .references(() => people.id),
    day: date({ mode: 'string' }).notNull(),
    sentAt: moment(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.day] })],
);
