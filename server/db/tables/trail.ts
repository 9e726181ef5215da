import { bigint, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { CountKey, EventBody, EventKind } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import { moment } from './columns.ts';
import { organisations } from './organisations.ts';
import { people } from './people.ts';

/** The head of one trail: of a scope, or of an organisation for what belongs to no scope. Its id is theirs. */
export const trails = pgTable('trails', {
  id: uuid().primaryKey(),
  organisationId: uuid()
    .notNull()
    .references(() => organisations.id),
  lastSeq: bigint({ mode: 'number' }).notNull().default(0),
  lastHash: text().notNull().default(''),
  /** Cards per stage and per owner of the next action, kept with the number so that both are always of one moment. */
  counts: jsonb().$type<Partial<Record<CountKey, number>>>().notNull().default({}),
});

/** Append-only. The same row is the live feed, the activity list and the audit trail. */
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
    /** The record's card after this event: with it a board can be shown as it stood. Older events have none. */
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

/** What each operation answered, so that sending it again answers the same. */
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
  // Rows are written in the order of `at`: a BRIN index finds old ones and costs a write next to nothing.
  (table) => [primaryKey({ columns: [table.personId, table.id] }), index().using('brin', table.at)],
);
