import { and, asc, between, count, desc, eq, inArray, lte, max, sql, type SQL } from 'drizzle-orm';
import type { DataTree } from '#shared/contract/record.ts';
import type { MoveOtherwise } from '#shared/contract/rule-set.ts';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { gatesToRejudge, moveDifference, type PassedMove } from '#shared/domain/rule-trial.ts';
import type { Services } from '#server/commands/command.ts';
import type { Db } from '#server/db/driver/client.ts';
import { events, people, records, revisions, trails } from '#server/db/schema.ts';
import { factOf } from '#server/db/trail.ts';
import type { Asked, TrialStep } from './run-trial.ts';

const days = 90;
/** Sequence numbers of a trail per step. */
const span = 100;

/**
 * The forward moves of the last 90 days that would have been refused, newest of each scope first, in batches. They are
 * read by sequence number, so that no step reads more than one span of a trail.
 */
export async function* changedMoves(
  { db, now }: Services,
  { organisationId, present, proposed }: Asked,
): AsyncGenerator<TrialStep<MoveOtherwise>> {
  const since = new Date(now().getTime() - days * 86_400_000);
  const spans = await spansWithMoves(db, organisationId, since);
  const of = spans.reduce((sum, { moves }) => sum + moves, 0);
  for (const { trail, top } of spans) {
    const moves = await movesIn(db, trail, top, since);
    const rejudged = moves.filter((move) =>
      [present, proposed].some(({ settings }) => gatesToRejudge(move, settings).length > 0),
    );
    const data = await dataOfMoves(db, trail, rejudged);
    const otherwise = moves.flatMap((move): MoveOtherwise[] => {
      const under = ({ settings }: Asked['present']) => moveDifference(move, settings, data.get(move.seq) ?? null);
      const difference = under(proposed);
      if (!difference) return [];
      const already = under(present) !== null;
      const { record, reference, at, by } = move;
      return [{ scope: trail, record, reference, ...difference, at: at.toISOString(), by, already }];
    });
    yield { judged: moves.length, of, otherwise };
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The spans of each trail that contain forward moves, and how many. */
async function spansWithMoves(db: Db, organisationId: string, since: Date) {
  const spans: { trail: string; top: number; moves: number }[] = [];
  const heads = await db
    .select({ trail: trails.id, lastSeq: trails.lastSeq })
    .from(trails)
    .where(eq(trails.organisationId, organisationId))
    .orderBy(asc(trails.id));
  for (const { trail, lastSeq } of heads) {
    for (let top = lastSeq; top > 0; top -= span) {
      const [row] = await db
        .select({
          moves: sql<number>`${count()} filter (where ${forwardSince(since)})`.mapWith(Number),
          newest: max(events.at),
        })
        .from(events)
        .where(inSpan(trail, top));
      // Sequence numbers follow time, so all spans below one that is too old are too old as well.
      if (!row?.newest || row.newest < since) break;
      if (row.moves > 0) spans.push({ trail, top, moves: row.moves });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return spans;
}

const inSpan = (trail: string, top: number) => and(eq(events.trailId, trail), between(events.seq, top - span + 1, top));

function forwardSince(since: Date): SQL {
  const order = sql`${`{${stageKeys.join(',')}}`}::text[]`;
  const stage = (side: 'before' | 'after') => sql`array_position(${order}, ${events.body}->${side}::text->>'stage')`;
  return sql`${events.kind} = 'record.moved' and ${events.at} >= ${since.toISOString()}::timestamptz and ${stage('after')} > ${stage('before')}`;
}

interface MoveEvent extends PassedMove {
  seq: number;
  at: Date;
  record: string;
  reference: string;
  by: string | null;
}

async function movesIn(db: Db, trail: string, top: number, since: Date): Promise<MoveEvent[]> {
  const rows = await db
    .select({
      seq: events.seq,
      at: events.at,
      record: records.id,
      reference: records.reference,
      by: people.name,
      kind: events.kind,
      body: events.body,
    })
    .from(events)
    .innerJoin(records, eq(records.id, events.recordId))
    .leftJoin(people, eq(people.id, events.actorId))
    .where(and(inSpan(trail, top), forwardSince(since)))
    .orderBy(desc(events.seq));
  return rows.flatMap(({ kind, body, ...move }) => {
    const fact = factOf({ kind, body });
    if (fact.kind !== 'record.moved') return [];
    const { before, after, verdict } = fact.body;
    return { ...move, from: before.stage, to: after.stage, verdict };
  });
}

/** The data at the time of each move, by the move's sequence number. */
async function dataOfMoves(db: Db, trail: string, moves: readonly MoveEvent[]): Promise<Map<number, DataTree>> {
  if (moves.length === 0) return new Map();
  const numbers = moves.map(({ seq }) => seq);
  const rows = await db
    .selectDistinctOn([events.seq], { seq: events.seq, data: revisions.data })
    .from(events)
    .innerJoin(revisions, and(eq(revisions.recordId, events.recordId), lte(revisions.editedAt, events.at)))
    .where(and(eq(events.trailId, trail), inArray(events.seq, numbers)))
    .orderBy(events.seq, desc(revisions.number));
  return new Map(rows.map(({ seq, data }) => [seq, data]));
}
