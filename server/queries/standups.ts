import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Agenda, Standup, StandupOutcome, StandupSummary } from '#shared/contract/standup.ts';
import type { MinutesNames } from '#shared/text/standup-minutes.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToRecord, accessToScope, type ScopeAccess } from '#server/db/access.ts';
import { gatherAgenda } from '#server/db/agenda.ts';
import type { Db } from '#server/db/driver/client.ts';
import { cardOf } from '#server/db/records.ts';
import { events, people, records, standupItems, standupPeople, standups } from '#server/db/schema.ts';
import { lastSeq } from '#server/db/trail.ts';

const page = 50;

type StandupRow = typeof standups.$inferSelect;

/** The agenda of a standup that would start now. Throws NotFound. */
export async function agendaOf(db: Db, personId: string, scope: string, now: Date): Promise<Agenda> {
  const access = await accessToScope(db, personId, scope);
  if (!access) throw new NotFound('scope');
  const { items, rows, since } = await gatherAgenda(db, access.scope, now);
  return {
    since: since && { ...since, at: since.at.toISOString() },
    items: items.map(({ id, reasons }) => ({ card: cardOf(rows.get(id)!), reasons })),
  };
}

/** A standup with its agenda, outcomes and people. Throws NotFound. */
export async function standupDetail(db: Db, personId: string, id: string): Promise<Standup> {
  return readStandup(db, (await visible(db, personId, id)).row);
}

async function readStandup(db: Db, row: StandupRow): Promise<Standup> {
  const [items, present, before] = await Promise.all([
    db
      .select({ item: standupItems, record: records })
      .from(standupItems)
      .innerJoin(records, eq(records.id, standupItems.recordId))
      .where(eq(standupItems.standupId, row.id))
      .orderBy(asc(standupItems.position)),
    db.select().from(standupPeople).where(eq(standupPeople.standupId, row.id)).orderBy(asc(standupPeople.joinedAt)),
    standupsBefore(db, row.scopeId, row.id, 1),
  ]);
  return {
    ...headOf(row, before[0]),
    items: items.map(({ item, record }) => ({
      position: item.position,
      card: cardOf(record),
      reasons: item.reasons,
      outcome: item.outcome,
      seconds: item.seconds,
      reachedAt: item.reachedAt && item.reachedAt.toISOString(),
    })),
    people: present.map(({ personId, joinedAt, leftAt }) => ({
      person: personId,
      joinedAt: joinedAt.toISOString(),
      leftAt: leftAt && leftAt.toISOString(),
    })),
  };
}

function headOf(row: StandupRow, before: StandupRow | undefined): Omit<Standup, 'items' | 'people'> {
  return {
    id: row.id,
    scope: row.scopeId,
    startedBy: row.startedBy,
    startedAt: row.startedAt.toISOString(),
    leader: row.leaderId,
    term: row.term,
    position: row.position,
    positionSince: row.positionSince.toISOString(),
    recordBox: row.recordBox,
    totalBox: row.totalBox,
    since: before ? { standup: before.id, at: before.startedAt.toISOString(), seq: before.seq } : null,
    endedAt: row.endedAt && row.endedAt.toISOString(),
  };
}

function standupsBefore(db: Db, scope: string, before: string | undefined, limit: number): Promise<StandupRow[]> {
  return db
    .select()
    .from(standups)
    .where(and(eq(standups.scopeId, scope), before ? lt(standups.id, before) : undefined))
    .orderBy(desc(standups.id))
    .limit(limit);
}

/** The standups of a scope, newest first; at most one is open, and it is the newest. Throws NotFound. */
export async function standupsOf(
  db: Db,
  personId: string,
  scope: string,
  before: string | undefined,
): Promise<{ standups: StandupSummary[]; next: string | null }> {
  if (!(await accessToScope(db, personId, scope))) throw new NotFound('scope');
  // The row after each standup is the standup before it.
  const rows = await standupsBefore(db, scope, before, page + 1);
  const shown = rows.slice(0, page);
  const ids = shown.map(({ id }) => id);
  const tallies = ids.length
    ? await db
        .select({
          standup: standupItems.standupId,
          records: sql<number>`count(*)::int`,
          decided: sql<number>`count(${standupItems.outcome})::int`,
          reached: sql<number>`count(${standupItems.reachedAt})::int`,
        })
        .from(standupItems)
        .where(inArray(standupItems.standupId, ids))
        .groupBy(standupItems.standupId)
    : [];
  const tallyOf = new Map(tallies.map(({ standup, ...tally }) => [standup, tally]));
  return {
    standups: shown.map((row, index) => ({
      ...headOf(row, rows[index + 1]),
      ...(tallyOf.get(row.id) ?? { records: 0, decided: 0, reached: 0 }),
    })),
    next: rows.length > page ? shown.at(-1)!.id : null,
  };
}

/** The newest standups with a record on their agenda, and their decisions on it. Throws NotFound. */
export async function standupsOfRecord(
  db: Db,
  personId: string,
  record: string,
): Promise<{ standups: { standup: string; startedAt: string; outcome: StandupOutcome | null }[] }> {
  if (!(await accessToRecord(db, personId, record))) throw new NotFound('record');
  const rows = await db
    .select({ standup: standups.id, startedAt: standups.startedAt, outcome: standupItems.outcome })
    .from(standupItems)
    .innerJoin(standups, eq(standups.id, standupItems.standupId))
    .where(eq(standupItems.recordId, record))
    .orderBy(desc(standups.id))
    .limit(page);
  return { standups: rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() })) };
}

/** A standup with the names its minutes need. Throws NotFound. */
export async function minutesOf(db: Db, personId: string, id: string) {
  const { row, scope } = await visible(db, personId, id);
  const [standup, leaders] = await Promise.all([readStandup(db, row), leadersOf(db, row)]);
  const named = new Set([
    ...leaders,
    ...standup.people.map(({ person }) => person),
    ...standup.items.flatMap(({ outcome }) => (outcome ? [outcome.by, outcome.owner ?? []].flat() : [])),
  ]);
  const rows = await db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...named]));
  const nameOf = new Map(rows.map(({ id: person, name }) => [person, name]));
  const names: MinutesNames = { scope: scope.name, person: (person) => nameOf.get(person), leaders };
  return { standup, names, prefix: scope.prefix };
}

/** The leaders in order: the events of a standup lie between its start and that of the next one. */
async function leadersOf(db: Db, { id, scopeId, seq, startedBy }: StandupRow): Promise<string[]> {
  const [[next], newest] = await Promise.all([
    db
      .select({ seq: standups.seq })
      .from(standups)
      .where(and(eq(standups.scopeId, scopeId), gt(standups.id, id)))
      .orderBy(asc(standups.id))
      .limit(1),
    lastSeq(db, scopeId),
  ]);
  const rows = await db
    .select({ leader: sql<string>`${events.body} ->> 'after'` })
    .from(events)
    .where(
      and(
        eq(events.trailId, scopeId),
        gt(events.seq, seq),
        lte(events.seq, next?.seq ?? newest),
        eq(events.kind, 'standup.led'),
        isNull(events.recordId),
      ),
    )
    .orderBy(asc(events.seq))
    .limit(page);
  return [startedBy, ...rows.map(({ leader }) => leader)];
}

async function visible(
  db: Db,
  personId: string,
  id: string,
): Promise<{ row: StandupRow; scope: ScopeAccess['scope'] }> {
  const [row] = await db.select().from(standups).where(eq(standups.id, id));
  const access = row && (await accessToScope(db, personId, row.scopeId));
  if (!access) throw new NotFound('standup');
  return { row, scope: access.scope };
}
