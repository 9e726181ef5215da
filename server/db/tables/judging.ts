import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import type { RuleSettings, RuleTrial } from '#shared/contract/rule-set.ts';
import { id, moment } from './columns.ts';
import { organisations, scopes } from './organisations.ts';
import { people } from './people.ts';
import { records } from './records.ts';

/** Leave to pass one rule on one record. Whether an approved one still holds follows from `endsOn`. */
export const waivers = pgTable(
  'waivers',
  {
    id: id(),
    recordId: uuid()
      .notNull()
      .references(() => records.id),
    scopeId: uuid()
      .notNull()
      .references(() => scopes.id),
    rule: text().notNull(),
    reason: text().notNull(),
    measure: text().notNull(),
    endsOn: date({ mode: 'string' }).notNull(),
    state: text().$type<'proposed' | 'active' | 'refused' | 'expired' | 'revoked'>().notNull(),
    requestedBy: uuid()
      .notNull()
      .references(() => people.id),
    requestedAt: moment().notNull(),
    decidedBy: uuid().references(() => people.id),
    decidedAt: moment(),
    decisionNote: text(),
    revokedBy: uuid().references(() => people.id),
    revokedAt: moment(),
    revokedWhy: text(),
    extendsId: uuid(),
    /** How many days before its end it was last announced to its people. */
    announced: smallint(),
  },
  (table) => [
    index('waivers_scope').on(table.scopeId, table.id),
    index('waivers_record').on(table.recordId),
    index('waivers_ending')
      .on(table.endsOn)
      .where(sql`${table.state} in ('proposed', 'active')`),
    // One open question and one leave at a time for a rule on a record; an extension waits beside the leave it extends.
    uniqueIndex('waivers_proposed')
      .on(table.recordId, table.rule)
      .where(sql`${table.state} = 'proposed'`),
    uniqueIndex('waivers_active')
      .on(table.recordId, table.rule)
      .where(sql`${table.state} = 'active'`),
  ],
);

/** Every version of what an organisation sets differently in the rules; the highest one holds. */
export const ruleSets = pgTable(
  'rule_sets',
  {
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    version: integer().notNull(),
    settings: jsonb().$type<RuleSettings>().notNull(),
    note: text(),
    changedBy: uuid().references(() => people.id),
    at: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.version] })],
);

/** Trials of rules that do not hold yet: what was asked, and what was found so far. */
export const ruleTrials = pgTable('rule_trials', {
  id: id(),
  organisationId: uuid()
    .notNull()
    .references(() => organisations.id),
  settings: jsonb().$type<RuleSettings>().notNull(),
  state: text().$type<'running' | 'done'>().notNull(),
  found: jsonb().$type<Pick<RuleTrial, 'records' | 'moves'>>().notNull(),
  at: moment().notNull(),
});

/** Records to be judged again, with what made it necessary. Written with the change itself, emptied by a job. */
export const rejudgements = pgTable(
  'rejudgements',
  {
    recordId: uuid()
      .primaryKey()
      .references(() => records.id),
    cause: text().notNull(),
    since: moment().notNull(),
  },
  (table) => [index().on(table.since)],
);
