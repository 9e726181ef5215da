import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { CountKey, EventBody, EventKind } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import { moment } from './columns.ts';
import { organisations } from './organisations.ts';
import { people } from './people.ts';

/**
 * The head of a trail. A trail belongs to a scope, or to an organisation for events outside any scope. Its id is the id
 * of that scope or organisation.
 */
export const trails = pgTable('trails', {
  id: uuid().primaryKey(),
  organisationId: uuid()
    .notNull()
    .references(() => organisations.id),
  lastSeq: bigint({ mode: 'number' }).notNull().default(0),
  lastHash: text().notNull().default(''),
  /** Cards per stage and per owner of the next action. Stored beside `lastSeq` so that both always match. */
  counts: jsonb().$type<Partial<Record<CountKey, number>>>().notNull().default({}),
});

/** Append-only. The same rows serve the live feed, the activity list and the audit trail. */
export const events = pgTable(
  'events',
  {
    trailId: uuid()
      .notNull()
      .references(() => trails.id),
    seq: bigint({ mode: 'number' }).notNull(),
    at: moment().notNull(),
    kind: text().$type<EventKind>().notNull(),
    actorId: uuid(),
    recordId: uuid(),
    operationId: uuid(),
    body: jsonb().$type<EventBody>().notNull(),
    /** The record's card after this event, used to show past boards. Older events have no card. */
    card: jsonb().$type<Card>(),
    counts: jsonb().$type<Partial<Record<CountKey, number>>>().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.trailId, table.seq] }),
    index('events_record').on(table.recordId, table.seq),
  ],
);

/** The answer to each operation, so that a retry returns the same answer. */
export const operations = pgTable(
  'operations',
  {
    personId: uuid()
      .notNull()
      .references(() => people.id),
    id: uuid().notNull(),
    command: text().notNull(),
    answer: jsonb().$type<unknown>(),
    at: moment().notNull(),
  },
  // Rows are written in the order of `at`, so a BRIN index finds old rows and adds almost no cost to a write.
  (table) => [primaryKey({ columns: [table.personId, table.id] }), index().using('brin', table.at)],
);
