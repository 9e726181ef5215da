import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lte, ne, notLike, sql } from 'drizzle-orm';
import { agenda, agendaLimit, daysPerStage, typicalStays, waiverEndsWithin } from '#shared/domain/agenda.ts';
import type { AgendaFacts, AgendaItem, Stay } from '#shared/domain/agenda.ts';
import { dayAfter, dayOf } from '#shared/domain/day.ts';
import { stageKeys } from '#shared/domain/operating-model.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Db, Tx } from './driver/client.ts';
import type { RecordRow } from './records.ts';
import { events, exceptions, records, standupItems, standups, waivers } from './schema.ts';
import { lastSeq } from './trail.ts';

/** Number of newest events read to find changes and typical stays. */
const eventsRead = 5_000;
const exceptionsRead = 2_000;

export interface GatheredAgenda {
  items: AgendaItem[];
  rows: Map<string, RecordRow>;
  since: { standup: string; at: Date; seq: number } | null;
  /** The newest number of the trail when the agenda was gathered. */
  seq: number;
}

/** Gathers the agenda of a standup that starts now. Every query has a row limit. */
export async function gatherAgenda(
  tx: Db | Tx,
  { id: scope, timeZone }: { id: string; timeZone: string },
  now: Date,
): Promise<GatheredAgenda> {
  const today = dayOf(now, timeZone);
  const [seq, since] = await Promise.all([lastSeq(tx, scope), lastStandup(tx, scope)]);
  const usual = typicalStays(await staysIn(tx, scope, seq));
  const [blocking, ending, changed, left, reasonRows] = await Promise.all([
    openExceptions(tx, scope),
    endingWaivers(tx, scope, today),
    since ? changesAfter(tx, scope, Math.max(since.seq, seq - eventsRead)) : [],
    since ? notReached(tx, since.standup) : [],
    ownReasons(tx, scope, now, today, usual),
  ]);
  const named = new Set([...blocking, ...ending, ...changed, ...left].map(({ record }) => record));
  const others = [...named].filter((id) => !reasonRows.has(id));
  const condition = and(inArray(records.id, others), eq(records.scopeId, scope), ne(records.stage, 'archive'));
  for (const row of others.length ? await tx.select().from(records).where(condition) : []) reasonRows.set(row.id, row);

  const [exceptionsOf, waiversOf] = [Object.groupBy(blocking, byRecord), Object.groupBy(ending, byRecord)];
  const changesOf = new Map(changed.map(({ record, count }) => [record, count]));
  const placeOf = new Map(left.map(({ record, position }) => [record, position]));
  const facts = [...reasonRows.values()].map((row): AgendaFacts => ({
    id: row.id,
    stage: row.stage,
    stageSince: row.stageSince,
    releaseOn: row.releaseOn,
    owner: row.actionOwnerId,
    exceptions: exceptionsOf[row.id] ?? [],
    waivers: waiversOf[row.id] ?? [],
    changed: changesOf.get(row.id) ?? 0,
    notReachedAt: placeOf.get(row.id) ?? null,
  }));
  return { items: agenda(facts, { now, today, usual }), rows: reasonRows, since, seq };
}

const byRecord = ({ record }: { record: string }) => record;

/** The most recent standup that has ended. */
async function lastStandup(tx: Db | Tx, scope: string): Promise<GatheredAgenda['since']> {
  const [last] = await tx
    .select({ standup: standups.id, at: standups.startedAt, seq: standups.seq })
    .from(standups)
    .where(and(eq(standups.scopeId, scope), isNotNull(standups.endedAt)))
    .orderBy(desc(standups.id))
    .limit(1);
  return last ?? null;
}

/** A move within a stage counts neither as a change nor as the end of a stay. */
const leftStage = sql`${events.body} #>> '{before,stage}' <> ${events.body} #>> '{after,stage}'`;

async function staysIn(tx: Db | Tx, scope: string, seq: number): Promise<Stay[]> {
  const rows = await tx
    .select({
      stage: sql<StageKey>`${events.body} #>> '{before,stage}'`,
      since: sql<string | null>`${events.body} #>> '{before,stageSince}'`,
      at: events.at,
    })
    .from(events)
    .where(
      and(eq(events.trailId, scope), gt(events.seq, seq - eventsRead), eq(events.kind, 'record.moved'), leftStage),
    );
  return rows.flatMap(({ stage, since, at }) =>
    since === null ? [] : [{ stage, days: (at.getTime() - Date.parse(since)) / 86_400_000 }],
  );
}

function openExceptions(tx: Db | Tx, scope: string) {
  return tx
    .select({
      record: exceptions.recordId,
      severity: exceptions.severity,
      since: exceptions.since,
      cause: exceptions.cause,
    })
    .from(exceptions)
    .where(and(eq(exceptions.scopeId, scope), isNull(exceptions.closedAt)))
    .orderBy(asc(exceptions.since))
    .limit(exceptionsRead);
}

function endingWaivers(tx: Db | Tx, scope: string, today: string) {
  return tx
    .select({ record: waivers.recordId, rule: waivers.rule, endsOn: waivers.endsOn })
    .from(waivers)
    .where(
      and(
        eq(waivers.state, 'active'),
        gte(waivers.endsOn, today),
        lte(waivers.endsOn, dayAfter(today, waiverEndsWithin)),
        eq(waivers.scopeId, scope),
      ),
    )
    .orderBy(asc(waivers.endsOn))
    .limit(agendaLimit);
}

async function changesAfter(tx: Db | Tx, scope: string, seq: number) {
  const rows = await tx
    .select({ record: events.recordId, count: sql<number>`count(*)::int` })
    .from(events)
    .where(
      and(
        eq(events.trailId, scope),
        gt(events.seq, seq),
        isNotNull(events.recordId),
        notLike(events.kind, 'standup.%'),
        ne(events.kind, 'record.renumbered'),
        sql`(${events.kind} <> 'record.moved' or ${leftStage})`,
      ),
    )
    .groupBy(events.recordId)
    .orderBy(sql`count(*) desc`)
    .limit(agendaLimit);
  return rows.map(({ record, count }) => ({ record: record!, count }));
}

function notReached(tx: Db | Tx, standup: string) {
  return tx
    .select({ record: standupItems.recordId, position: standupItems.position })
    .from(standupItems)
    .where(and(eq(standupItems.standupId, standup), isNull(standupItems.reachedAt), isNull(standupItems.outcome)));
}

/** The records that are on the agenda because of their own row: release day, owner, and time in their stage. */
async function ownReasons(
  tx: Db | Tx,
  scope: string,
  now: Date,
  today: string,
  usual: ReturnType<typeof typicalStays>,
) {
  const condition = eq(records.scopeId, scope);
  const underway = stageKeys.slice(0, stageKeys.indexOf('delivery'));
  const latest = dayAfter(today, underway.length * daysPerStage);
  const lists = await Promise.all([
    tx
      .select()
      .from(records)
      .where(and(condition, lte(records.releaseOn, latest), inArray(records.stage, underway)))
      .orderBy(asc(records.releaseOn))
      .limit(agendaLimit),
    tx
      .select()
      .from(records)
      .where(and(condition, isNull(records.actionOwnerId), ne(records.stage, 'archive')))
      .orderBy(asc(records.stageSince))
      .limit(agendaLimit),
    ...Object.entries(usual).map(([stage, days]) =>
      tx
        .select()
        .from(records)
        .where(
          and(
            condition,
            eq(records.stage, stage as StageKey),
            sql`${records.stageSince} < ${new Date(now.getTime() - Math.max(days, 1) * 86_400_000).toISOString()}`,
          ),
        )
        .orderBy(asc(records.stageSince))
        .limit(agendaLimit),
    ),
  ]);
  return new Map(lists.flat().map((row) => [row.id, row]));
}
