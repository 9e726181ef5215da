import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { GateMark, Verdict } from '#shared/contract/finding.ts';
import type { ExceptionKind, ExceptionSeverity, WaitingOn } from '#shared/contract/exception.ts';
import type { DataTree, ReturnReason, ReviewStanding, RevisionSource } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Facts } from '#shared/domain/facts.ts';
import { tooLong } from '../rank-keys.ts';
import { id, moment, rankText } from './columns.ts';
import { organisations, scopes } from './organisations.ts';
import { people } from './people.ts';

/** A row contains everything a card shows, so that a window of a board is one index scan. */
export const records = pgTable(
  'records',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    scopeId: uuid()
      .notNull()
      .references(() => scopes.id),
    reference: text().notNull(),
    version: integer().notNull().default(1),
    sourceKey: text(),
    createdAt: moment().notNull().defaultNow(),

    stage: text().$type<StageKey>().notNull(),
    rank: rankText().notNull(),
    stageSince: moment().notNull(),

    revision: integer().notNull(),
    dataHash: text().notNull(),
    editors: uuid().array().notNull(),
    vin: text(),
    buildStage: text().notNull(),
    make: text(),
    type: text(),
    variant: text(),
    typeVersion: text(),
    commercialName: text(),
    category: text(),
    search: text().notNull(),

    dataOwnerId: uuid().references(() => people.id),
    reviewerId: uuid().references(() => people.id),
    outputPreparerId: uuid().references(() => people.id),
    signatoryId: uuid().references(() => people.id),
    nextAction: text(),
    actionOwnerId: uuid().references(() => people.id),
    dueOn: date({ mode: 'string' }),

    /** Normalised approval number from the data, with extension; null: missing or malformed. */
    approval: text(),
    /** The day on which the vehicle is to be released. */
    releaseOn: date({ mode: 'string' }),

    gates: jsonb().$type<GateMark[]>().notNull(),
    /** Regression: a gate that the record has already passed is closed again. */
    fallen: boolean().notNull().default(false),
    /** The next day on which the judgement may change because of the date alone. */
    judgeOn: date({ mode: 'string' }),
    waived: integer().notNull().default(0),
    review: text().$type<ReviewStanding>().notNull().default('none'),
    openExceptions: integer().notNull().default(0),
    blockedBy: text(),
    comments: integer().notNull().default(0),
    unresolvedThreads: integer().notNull().default(0),
    checklist: jsonb().$type<Facts['checklist']>().notNull(),
  },
  (table) => [
    index('records_window').on(table.scopeId, table.stage, table.rank, table.id),
    index('records_owner').on(table.scopeId, table.actionOwnerId, table.stage, table.rank, table.id),
    index('records_blocked')
      .on(table.scopeId, table.stage, table.rank, table.id)
      .where(sql`${table.openExceptions} > 0 or ${table.fallen}`),
    index('records_approval').on(table.organisationId, table.approval, table.id),
    index('records_fallen')
      .on(table.organisationId, table.approval, table.id)
      .where(sql`${table.fallen}`),
    index('records_long_rank')
      .on(table.scopeId, table.stage)
      .where(sql`length(${table.rank}) > ${sql.raw(String(tooLong))}`),
    index('records_judge_on').on(table.judgeOn),
    index('records_due')
      .on(table.scopeId, table.dueOn)
      .where(sql`${table.dueOn} is not null`),
    index('records_since').on(table.scopeId, table.stage, table.stageSince),
    index('records_unowned')
      .on(table.scopeId, table.stageSince)
      .where(sql`${table.actionOwnerId} is null and ${table.stage} <> 'archive'`),
    index('records_release')
      .on(table.scopeId, table.releaseOn)
      .where(sql`${table.releaseOn} is not null`),
    index('records_search').using('gin', table.search.op('gin_trgm_ops')),
    uniqueIndex('records_reference').on(table.scopeId, table.reference),
    uniqueIndex('records_vin').on(table.organisationId, table.vin, table.buildStage),
    uniqueIndex('records_source').on(table.scopeId, table.sourceKey),
  ],
);

/** The latest full judgement of a record. `records.gates` contains the part that a card shows. */
export const judgements = pgTable('judgements', {
  recordId: uuid()
    .primaryKey()
    .references(() => records.id),
  verdicts: jsonb().$type<Verdict[]>().notNull(),
  ruleSet: text().notNull(),
  judgedAt: moment().notNull(),
});

/** Every revision of a record's vehicle data, in full. */
export const revisions = pgTable(
  'revisions',
  {
    recordId: uuid()
      .notNull()
      .references(() => records.id),
    number: integer().notNull(),
    data: jsonb().$type<DataTree>().notNull(),
    hash: text().notNull(),
    editedBy: uuid().references(() => people.id),
    editedAt: moment().notNull(),
    source: jsonb().$type<RevisionSource>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.recordId, table.number] })],
);

export const reviews = pgTable(
  'reviews',
  {
    id: id(),
    recordId: uuid()
      .notNull()
      .references(() => records.id),
    revision: integer().notNull(),
    dataHash: text().notNull(),
    reviewerId: uuid()
      .notNull()
      .references(() => people.id),
    ruleSet: text().notNull(),
    ticked: text().array().notNull(),
    outcome: text().$type<'accepted' | 'returned'>().notNull(),
    reasons: jsonb().$type<ReturnReason[]>().notNull(),
    note: text(),
    at: moment().notNull(),
  },
  (table) => [index().on(table.recordId, table.at)],
);

export const exceptions = pgTable(
  'exceptions',
  {
    id: id(),
    recordId: uuid()
      .notNull()
      .references(() => records.id),
    scopeId: uuid()
      .notNull()
      .references(() => scopes.id),
    kind: text().$type<ExceptionKind>().notNull(),
    severity: text().$type<ExceptionSeverity>().notNull(),
    cause: text().notNull(),
    waitingFor: text(),
    /** Which side must act, since when, and the whole seconds for which each side was waited on before that. */
    waitingOn: text().$type<WaitingOn>().notNull(),
    waitingSince: moment().notNull(),
    waitedOnUs: integer().notNull().default(0),
    waitedOnOthers: integer().notNull().default(0),
    /**
     * The rule and the catalogue entry of the finding the exception was raised from; null: not raised from a finding.
     */
    rule: text(),
    entry: text(),
    blocks: text().$type<StageKey>().notNull(),
    ownerId: uuid().references(() => people.id),
    raisedBy: uuid()
      .notNull()
      .references(() => people.id),
    since: moment().notNull(),
    until: date({ mode: 'string' }),
    closedBy: uuid().references(() => people.id),
    closedAt: moment(),
    resolution: text(),
    reopened: integer().notNull().default(0),
  },
  (table) => [
    index().on(table.recordId),
    index('exceptions_scope').on(table.scopeId, table.id),
    index('exceptions_open')
      .on(table.scopeId, table.since)
      .where(sql`${table.closedAt} is null`),
    // A finding has at most one open exception. A finding without an entry counts as entry ''.
    uniqueIndex('exceptions_finding')
      .on(table.recordId, table.rule, sql`coalesce(${table.entry}, '')`)
      .where(sql`${table.closedAt} is null and ${table.rule} is not null`),
  ],
);
