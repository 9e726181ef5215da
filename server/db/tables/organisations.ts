import { sql } from 'drizzle-orm';
import { bigint, boolean, date, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { Duty } from '#shared/contract/duty.ts';
import type { ScopeState } from '#shared/contract/scope.ts';
import { id, moment } from './columns.ts';
import { people } from './people.ts';

export const organisations = pgTable('organisations', {
  id: id(),
  name: text().notNull(),
  /** The time zone that defines calendar days: due, absent, until and overdue refer to it. */
  timeZone: text().notNull().default('UTC'),
  createdAt: moment().notNull().defaultNow(),
});

export const members = pgTable(
  'members',
  {
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    admin: boolean().notNull().default(false),
    joinedAt: moment().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.personId] }), index().on(table.personId)],
);

export const scopes = pgTable(
  'scopes',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    name: text().notNull(),
    prefix: text().notNull(),
    state: text().$type<ScopeState>().notNull().default('pilot'),
    lastReference: integer().notNull().default(1000),
    createdAt: moment().notNull().defaultNow(),
  },
  (table) => [unique().on(table.organisationId, table.prefix)],
);

/** The duties a member may be given in a scope. */
export const scopeDuties = pgTable(
  'scope_duties',
  {
    scopeId: uuid()
      .notNull()
      .references(() => scopes.id),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    duty: text().$type<Duty>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.scopeId, table.personId, table.duty] }), index().on(table.personId)],
);

/** Days on which a member is away; both `from` and `until` are included. */
export const absences = pgTable(
  'absences',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    from: date({ mode: 'string' }).notNull(),
    until: date({ mode: 'string' }).notNull(),
    note: text(),
  },
  (table) => [index('absences_person').on(table.organisationId, table.personId, table.until)],
);

/** How far a person has read a scope: up to `seq` now, and up to `seqBefore` when the current visit began. */
export const visits = pgTable(
  'visits',
  {
    scopeId: uuid()
      .notNull()
      .references(() => scopes.id),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    seq: bigint({ mode: 'number' }).notNull(),
    at: moment().notNull(),
    seqBefore: bigint({ mode: 'number' }).notNull(),
    atBefore: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.scopeId, table.personId] })],
);

/** Only the hash of an invitation's token is stored. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    tokenHash: text().notNull().unique(),
    email: text().notNull(),
    admin: boolean().notNull(),
    scopeId: uuid().references(() => scopes.id),
    duties: text().array().$type<Duty[]>().notNull(),
    invitedBy: uuid()
      .notNull()
      .references(() => people.id),
    createdAt: moment().notNull().defaultNow(),
    expiresAt: moment().notNull(),
    acceptedAt: moment(),
    acceptedBy: uuid().references(() => people.id),
    /** The link was sent to the address by mail. */
    mailed: boolean().notNull().default(false),
    /** The invitation was accepted, and only the inviter vouches that the address belongs to the new member. */
    unproven: boolean().notNull().default(false),
    revokedAt: moment(),
    revokedBy: uuid().references(() => people.id),
  },
  (table) => [index().on(table.organisationId), index('invitations_accepted').on(table.acceptedBy)],
);

/**
 * Former members of a scope: they lost their last duty in it. Until `doneAt` is set, their open work is to be handed
 * over.
 */
export const departures = pgTable(
  'departures',
  {
    scopeId: uuid()
      .notNull()
      .references(() => scopes.id),
    personId: uuid()
      .notNull()
      .references(() => people.id),
    successorId: uuid().references(() => people.id),
    byId: uuid().references(() => people.id),
    at: moment().notNull(),
    doneAt: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.scopeId, table.personId] }),
    index('departures_open')
      .on(table.at)
      .where(sql`${table.doneAt} is null`),
  ],
);
