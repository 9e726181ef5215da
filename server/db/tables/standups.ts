import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, primaryKey, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { AgendaReason, StandupOutcome } from '#shared/contract/standup.ts';
import { id, moment } from './columns.ts';
import { scopes } from './organisations.ts';
import { people } from './people.ts';
import { records } from './records.ts';

/** A meeting that works through a frozen agenda of the scope. */
export const standups = pgTable(
  'standups',
  {
    id: id(),
    scopeId: uuid()
      .notNull()
      .references(() => scopes.id),
    startedBy: uuid()
      .notNull()
      .references(() => people.id),
    startedAt: moment().notNull(),
    leaderId: uuid()
      .notNull()
      .references(() => people.id),
    /** Increases with every change of leader; a step with an older term is stale. */
    term: integer().notNull().default(1),
    /** Index of the current item, starting at 0. */
    position: integer().notNull().default(0),
    positionSince: moment().notNull(),
    /** Time boxes in seconds: per record, and in total. */
    recordBox: integer().notNull(),
    totalBox: integer().notNull(),
    /**
     * The newest number of the trail at the start, and at the start of the previous standup; null: this is the first.
     */
    seq: bigint({ mode: 'number' }).notNull(),
    sinceSeq: bigint({ mode: 'number' }),
    endedAt: moment(),
    endedBy: uuid().references(() => people.id),
  },
  (table) => [
    index('standups_scope').on(table.scopeId, table.id),
    uniqueIndex('standups_open')
      .on(table.scopeId)
      .where(sql`${table.endedAt} is null`),
  ],
);

/** An agenda item: a record, the reasons for discussing it, and the outcome. */
export const standupItems = pgTable(
  'standup_items',
  {
    standupId: uuid()
      .notNull()
      .references(() => standups.id),
    position: integer().notNull(),
    recordId: uuid()
      .notNull()
      .references(() => records.id),
    reasons: jsonb().$type<AgendaReason[]>().notNull(),
    outcome: jsonb().$type<StandupOutcome>(),
    /** Whole seconds for which this was the current item. */
    seconds: integer().notNull().default(0),
    reachedAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.standupId, table.position] }),
    uniqueIndex('standup_items_record').on(table.standupId, table.recordId),
    index('standup_items_of_record').on(table.recordId),
  ],
);

/** The people who attended. */
export const standupPeople = pgTable(
  'standup_people',
  {
    standupId: uuid()
      .notNull()
      .references(() => standups.id),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    joinedAt: moment().notNull(),
    leftAt: moment(),
  },
  (table) => [primaryKey({ columns: [table.standupId, table.personId] })],
);
