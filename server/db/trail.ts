import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { BoardEvent, CountKey, EventFact } from '#shared/contract/event.ts';
import type { Person } from '#shared/contract/person.ts';
import type { Card } from '#shared/contract/record.ts';
import type { Db, Tx } from './driver/client.ts';
import { events, trails } from './schema.ts';
import { given, namesOf, statement } from './driver/statement.ts';

/** A fact to append. `card`: the record's card after it. */
export type NewEvent = EventFact & {
  /** The person who caused it; default: the actor of the command. */
  actor?: Person;
  /** The id of a scope, or of an organisation for events outside any scope. */
  trail: string;
  record?: { id: string; reference: string };
  card?: Card;
  /** Changes to the counts of the board; see `countChange`. */
  counts?: Partial<Record<CountKey, number>>;
};

/** How a change of one card affects the counts of its board. `before`: null if the card is new on the board. */
export function countChange(before: Counted | null, after: Counted): Partial<Record<CountKey, number>> {
  const change: Partial<Record<CountKey, number>> = {};
  const add = (key: CountKey, by: number) => void (change[key] = (change[key] ?? 0) + by);
  for (const [card, by] of [[before, -1] as const, [after, 1] as const]) {
    if (!card) continue;
    add(card.stage, by);
    if (card.waived > 0) add(`${card.stage}.waived`, by);
    if (card.stage !== 'archive') add(`owner.${card.nextAction.owner ?? 'none'}`, by);
  }
  return Object.fromEntries(Object.entries(change).filter(([, by]) => by !== 0));
}

type Counted = Pick<Card, 'stage' | 'waived' | 'nextAction'>;

export interface EventOrigin {
  actor: Person | null;
  operation: string | null;
  now: Date;
}

export type EventRow = typeof events.$inferSelect;

/** Starts the trail of a new scope or organisation. */
export async function startTrail(tx: Tx, id: string, organisationId: string): Promise<void> {
  await tx.insert(trails).values({ id, organisationId });
}

/**
 * Gives each event the next number of its trail and the hash of the previous event. Locks the head of the trail until
 * the commit, so numbers are committed in order and without gaps. Therefore call this last in a transaction.
 */
export async function appendEvents(
  tx: Tx,
  origin: EventOrigin,
  pending: readonly NewEvent[],
): Promise<{ trail: string; events: BoardEvent[] }[]> {
  const appended = [];
  for (const trail of [...new Set(pending.map((event) => event.trail))].sort()) {
    appended.push({
      trail,
      events: await appendToTrail(
        tx,
        origin,
        trail,
        pending.filter((event) => event.trail === trail),
      ),
    });
  }
  return appended;
}

async function appendToTrail(tx: Tx, origin: EventOrigin, trail: string, pending: readonly NewEvent[]) {
  const { operation, now } = origin;
  const [head] = await lockedHead(tx, { trail });
  if (!head) throw new Error(`trail ${trail} was never started`);
  let { lastSeq, lastHash } = head;
  const counts = { ...head.counts };
  const rows: EventRow[] = [];
  const board: BoardEvent[] = [];
  for (const event of pending) {
    const { record, card, actor = origin.actor, counts: change = {} } = event;
    for (const [stage, by] of Object.entries(change) as [CountKey, number][]) counts[stage] = (counts[stage] ?? 0) + by;
    const after = Object.fromEntries(Object.keys(change).map((stage) => [stage, counts[stage as CountKey]!]));
    const fact = asJson(event);
    const row = {
      ...fact,
      trailId: trail,
      seq: ++lastSeq,
      at: now,
      actorId: actor?.id ?? null,
      recordId: record?.id ?? null,
      operationId: operation,
      card: card ?? null,
      counts: after,
      previousHash: lastHash,
    };
    rows.push({ ...row, hash: (lastHash = hashOf(row)) });
    board.push({
      ...fact,
      seq: row.seq,
      at: now.toISOString(),
      actor,
      record: record ?? null,
      card: card ?? null,
      counts: after,
    });
  }
  await Promise.all([
    rows.length === 1 ? oneEvent(tx, rows[0]!) : tx.insert(events).values(rows),
    updatedHead(tx, { trail, lastSeq, lastHash, counts }),
  ]);
  return board;
}

/** A fact after a JSON round trip, so that the hashed, stored and sent values are identical. */
const asJson = ({ kind, body }: EventFact): EventFact => JSON.parse(JSON.stringify({ kind, body }));

/** Kind and body of a stored event. They were written together, so the kind determines the type of the body. */
export const factOf = ({ kind, body }: Pick<EventRow, 'kind' | 'body'>): EventFact => ({ kind, body }) as EventFact;

const lockedHead = statement((db) =>
  db
    .select()
    .from(trails)
    .where(eq(trails.id, sql.placeholder('trail')))
    .for('update'),
);

const updatedHead = statement((db) =>
  db
    .update(trails)
    .set(given('lastSeq', 'lastHash', 'counts'))
    .where(eq(trails.id, sql.placeholder('trail'))),
);

const oneEvent = statement((db) => db.insert(events).values(given(...namesOf(events))));

/**
 * SHA-256 in hexadecimal over an event and the hash of the previous one. Events older than the card column have no
 * card.
 */
export function hashOf(row: Omit<EventRow, 'hash'>): string {
  return createHash('sha256')
    .update(canonical({ ...row, card: row.card ?? undefined, at: row.at.toISOString() }))
    .digest('hex');
}

/** JSON with sorted keys: equal values always give the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    .join(',')}}`;
}

/** The newest number of a trail. */
export async function lastSeq(db: Db | Tx, trail: string): Promise<number> {
  const [head] = await db.select({ seq: trails.lastSeq }).from(trails).where(eq(trails.id, trail));
  return head?.seq ?? 0;
}
