import { and, asc, desc, eq, gt, gte, lt, notInArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Card, Column } from '#shared/contract/record.ts';
import type { CardFilter } from '#shared/contract/record.ts';
import type { PastBoard } from '#shared/contract/since.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { passesFilter } from '#shared/domain/card-filter.ts';
import { stageKeys } from '#shared/domain/operating-model.ts';
import { NotFound, Refused } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db, Tx } from '#server/db/driver/client.ts';
import { cardOf } from '#server/db/records.ts';
import { events, people, records, standups, trails } from '#server/db/schema.ts';
import { momentOf, seqAt } from '#server/db/trail-moments.ts';
import { dayAfter, dayOf, startOfDay } from '#shared/domain/day.ts';
import { trailEvent } from './activity.ts';
import { beyond, conditions, countLimit, countUpTo, window, type Counts } from './board.ts';

type Filter = z.infer<typeof CardFilter>;

/** How many events back a board can be shown; the cost grows with that number, never with the size of the board. */
const reach = 10_000;

/**
 * A board at a sequence number of its trail: untouched records are read as they are now, touched ones from their newest
 * event up to that number.
 */
interface Past {
  tx: Tx;
  person: string;
  scope: string;
  timeZone: string;
  seq: number;
  /** The newest sequence number, and the counts that belong to it. */
  head: number;
  counts: Counts;
  /** Every record with an event since. */
  touched: string[];
  /** Their cards at that number; a record that did not exist yet has none. */
  cardsThen: Card[];
  /** Their present values. */
  now: { stage: StageKey; waived: number }[];
}

/**
 * The board right after an event or at a point in time. Throws NotFound, and Refused beyond what can be reconstructed.
 */
export function pastBoard(
  db: Db,
  person: string,
  scope: string,
  { seq, at, ...filter }: Filter & { seq?: number | undefined; at?: string | undefined },
): Promise<PastBoard> {
  return withPast(db, person, scope, { seq, at }, async (past) => ({
    scope,
    seq: past.seq,
    present: past.head,
    columns: await inTurn(stageKeys, (stage) => columnOf(past, stage, filter, undefined)),
    ...(await lastEvent(past)),
    steps: await stepsFrom(past),
  }));
}

/** The window of one column of a past board after `after`. Throws the same errors as `pastBoard`. */
export function pastColumn(
  db: Db,
  person: string,
  scope: string,
  stage: StageKey,
  { seq, after, ...filter }: Filter & { seq: number; after?: string | undefined },
): Promise<Column> {
  return withPast(db, person, scope, { seq, at: undefined }, (past) => columnOf(past, stage, filter, after));
}

async function withPast<Answer>(
  db: Db,
  person: string,
  scope: string,
  asked: { seq: number | undefined; at: string | undefined },
  read: (past: Past) => Promise<Answer>,
): Promise<Answer> {
  const access = await accessToScope(db, person, scope);
  if (!access) throw new NotFound('scope');
  const { timeZone } = access.scope;
  // One snapshot: a record that changes between two reads would appear in both of them or in neither.
  return db.transaction(
    async (tx) => {
      const [trail] = await tx.select().from(trails).where(eq(trails.id, scope));
      const { lastSeq: head, counts } = trail!;
      const seq = Math.min(asked.seq ?? (asked.at ? await seqAt(tx, scope, head, new Date(asked.at)) : head), head);
      if (head - seq > reach) {
        const from = (await momentOf(tx, scope, head - reach))!.toISOString();
        throw new Refused([tooFar({ why: 'reach', from, count: reach })]);
      }
      return read({ tx, person, scope, timeZone, seq, head, counts, ...(await touchedSince(tx, scope, seq)) });
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

async function touchedSince(tx: Tx, scope: string, seq: number): Promise<Pick<Past, 'touched' | 'cardsThen' | 'now'>> {
  const since = tx
    .selectDistinct({ id: events.recordId })
    .from(events)
    .where(and(eq(events.trailId, scope), gt(events.seq, seq)))
    .as('since');
  const until = sql`${events.recordId} = ${since.id} and ${events.trailId} = ${scope} and ${events.seq} <= ${seq}`;
  const rows = await tx
    .select({
      id: records.id,
      stage: records.stage,
      waived: records.waived,
      existed: sql<boolean>`exists (select 1 from ${events} where ${until})`,
      card: sql<Card | null>`(select ${events.card} from ${events} where ${until} and ${events.card} is not null order by ${events.seq} desc limit 1)`,
    })
    .from(since)
    .innerJoin(records, eq(records.id, since.id));
  const lost = rows.filter(({ existed, card }) => existed && !card);
  if (lost.length > 0) throw new Refused([tooFar({ why: 'kept', from: '', count: lost.length })]);
  return { touched: rows.map(({ id }) => id), cardsThen: rows.flatMap(({ card }) => card ?? []), now: rows };
}

async function columnOf(past: Past, stage: StageKey, filter: Filter, after: string | undefined): Promise<Column> {
  const { tx, person, scope, touched, cardsThen, now, counts } = past;
  const wanted = conditions(filter, person);
  const untouched = and(
    eq(records.scopeId, scope),
    eq(records.stage, stage),
    touched.length > 0 ? notInArray(records.id, sql`(select unnest(${sql.param(touched)}::uuid[]))`) : undefined,
    ...wanted,
  )!;
  const rows = await tx
    .select()
    .from(records)
    .where(and(untouched, after ? beyond(after) : undefined))
    .orderBy(asc(records.rank), asc(records.id))
    .limit(window + 1);
  const columnCards = cardsThen.filter((card) => card.stage === stage);
  const passing = columnCards.filter((card) => passesFilter(filter, card, person));
  const cards = [...rows.map(cardOf), ...passing.filter((card) => !after || isBeyond(card, after))].sort(byPlace);
  const shown = cards.slice(0, window);
  const last = shown.at(-1);
  const nowHere = now.filter((card) => card.stage === stage);
  const waived = (list: readonly { waived: number }[]) => list.filter((card) => card.waived > 0).length;
  return {
    stage,
    count:
      wanted.length === 0
        ? (counts[stage] ?? 0) - nowHere.length + columnCards.length
        : Math.min((await countUpTo(tx, untouched)) + passing.length, countLimit),
    waived: (counts[`${stage}.waived`] ?? 0) - waived(nowHere) + waived(columnCards),
    cards: shown,
    next: cards.length > window ? `${last!.rank} ${last!.id}` : null,
  };
}

async function lastEvent({ tx, scope, seq }: Past): Promise<Pick<PastBoard, 'at' | 'event'>> {
  const [row] = await tx
    .select({ event: events, actor: people.name, reference: records.reference })
    .from(events)
    .leftJoin(people, eq(people.id, events.actorId))
    .leftJoin(records, eq(records.id, events.recordId))
    .where(and(eq(events.trailId, scope), eq(events.seq, seq)));
  return { at: row?.event.at.toISOString() ?? null, event: row ? trailEvent(row) : null };
}

async function stepsFrom({ tx, scope, timeZone, seq, head }: Past): Promise<PastBoard['steps']> {
  const low = Math.max(head - reach, 0);
  const kept = (number: number | null) => (number !== null && number >= low && number <= head ? number : null);
  const inScope = eq(standups.scopeId, scope);
  const number = { seq: standups.seq };
  const [earlier] = await tx
    .select(number)
    .from(standups)
    .where(and(inScope, lt(standups.seq, seq)))
    .orderBy(desc(standups.id))
    .limit(1);
  const [later] = await tx
    .select(number)
    .from(standups)
    .where(and(inScope, gt(standups.seq, seq)))
    .orderBy(asc(standups.id))
    .limit(1);
  const at = await momentOf(tx, scope, seq);
  const day = at && dayOf(at, timeZone);
  const lastOf = (one: string) => new Date(startOfDay(dayAfter(one), timeZone).getTime() - 1);
  const endOf = (one: string) => seqAt(tx, scope, head, lastOf(one));
  const before = day === null ? null : await seqAt(tx, scope, head, lastOf(dayAfter(day, -1)));
  const after = day === null ? null : await endOf(day);
  const [next] =
    after === seq
      ? await tx
          .select({ at: events.at })
          .from(events)
          .where(and(eq(events.trailId, scope), gte(events.seq, seq + 1)))
          .orderBy(asc(events.seq))
          .limit(1)
      : [];
  return {
    event: { back: seq > low ? seq - 1 : null, on: seq < head ? seq + 1 : null },
    standup: { back: kept(earlier?.seq ?? null), on: kept(later?.seq ?? null) },
    day: {
      back: kept(before),
      on: next ? await endOf(dayOf(next.at, timeZone)) : after === seq ? null : kept(after),
    },
  };
}

async function inTurn<In, Out>(list: readonly In[], each: (one: In) => Promise<Out>): Promise<Out[]> {
  const done: Out[] = [];
  for (const one of list) done.push(await each(one));
  return done;
}

/** The order of a column: by rank, then by id, compared byte by byte. */
function byPlace(a: Card, b: Card): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function isBeyond(card: Card, key: string): boolean {
  const [rank, id] = key.split(' ') as [string, string];
  return card.rank > rank || (card.rank === rank && card.id > id);
}

/** M36. */
const tooFar = (params: { why: 'reach' | 'kept'; from: string; count: number }) => ({
  rule: 'M36',
  key: 'board.past',
  params,
  severity: 'error' as const,
  entry: null,
  mend: [],
});
