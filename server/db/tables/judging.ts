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

/** Leave for one record to pass one rule. `endsOn` determines whether an approved waiver still applies. */
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
    /** How many days before its end the waiver was last announced to the people concerned. */
    announced: smallint(),
  },
  (table) => [
    index('waivers_scope').on(table.scopeId, table.id),
    index('waivers_record').on(table.recordId),
    index('waivers_ending')
      .on(table.endsOn)
      .where(sql`${table.state} in ('proposed', 'active')`),
    // A rule on a record has at most one proposed and one active waiver. A proposed extension coexists with the active
    // waiver that it extends.
    uniqueIndex('waivers_proposed')
      .on(table.recordId, table.rule)
      .where(sql`${table.state} = 'proposed'`),
    uniqueIndex('waivers_active')
      .on(table.recordId, table.rule)
      .where(sql`${table.state} = 'active'`),
  ],
);

/**
 * All versions of an organisation's rule settings, where they differ from the defaults. The highest version applies.
 */
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

/** Rule trials: the settings to try, and the results so far. */
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

/**
 * The rejudge queue, with the cause of each entry. Entries are written in the transaction of the change; a job drains
 * it.
 */
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
