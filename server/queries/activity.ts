import { and, asc, desc, eq, gt, inArray, lt, ne, sql } from 'drizzle-orm';
import type { CatchUp, TrailEvent } from '#shared/contract/event.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { cardOf } from '#server/db/records.ts';
import { events, people, records, trails } from '#server/db/schema.ts';
import { factOf } from '#server/db/trail.ts';

const page = 50;
/** Beyond this many missed events, reloading the board costs less than replaying them. */
const replayLimit = 200;

const columns = { event: events, actor: people.name, reference: records.reference };

/**
 * The events after a sequence number, each with the card it left, or with the present card if that was not stored.
 * Throws NotFound.
 */
export async function eventsAfter(db: Db, personId: string, scopeId: string, after: number): Promise<CatchUp> {
  if (!(await accessToScope(db, personId, scopeId))) throw new NotFound('scope');
  const [head] = await db.select({ seq: trails.lastSeq }).from(trails).where(eq(trails.id, scopeId));
  if (head!.seq - after > replayLimit || after > head!.seq) return { seq: head!.seq, reload: true, events: [] };
  const rows = await db
    .select(columns)
    .from(events)
    .leftJoin(people, eq(people.id, events.actorId))
    .leftJoin(records, eq(records.id, events.recordId))
    .where(and(eq(events.trailId, scopeId), gt(events.seq, after)))
    .orderBy(asc(events.seq));
  const touched = [...new Set(rows.flatMap(({ event }) => (event.card ? [] : (event.recordId ?? []))))];
  const now = touched.length ? await db.select().from(records).where(inArray(records.id, touched)) : [];
  const cards = new Map(now.map((row) => [row.id, cardOf(row)]));
  return {
    seq: rows.at(-1)?.event.seq ?? after,
    reload: false,
    events: rows.map((row) => ({
      ...trailEvent(row),
      card: row.event.card ?? ((row.event.recordId && cards.get(row.event.recordId)) || null),
      counts: row.event.counts,
    })),
  };
}

/** The trail of a scope or of one of its records, newest first. Throws NotFound. */
export async function activity(
  db: Db,
  personId: string,
  scopeId: string,
  { before, record }: { before?: number | undefined; record?: string | undefined },
): Promise<{ events: TrailEvent[]; next: number | null }> {
  if (!(await accessToScope(db, personId, scopeId))) throw new NotFound('scope');
  const rows = await db
    .select(columns)
    .from(events)
    .leftJoin(people, eq(people.id, events.actorId))
    .leftJoin(records, eq(records.id, events.recordId))
    .where(
      and(
        eq(events.trailId, scopeId),
        // Renumbering has no actor, and no card changes its place.
        ne(events.kind, 'record.renumbered'),
        record ? eq(events.recordId, record) : undefined,
        before === undefined ? sql`true` : lt(events.seq, before),
      ),
    )
    .orderBy(desc(events.seq))
    .limit(page + 1);
  return {
    events: rows.slice(0, page).map(trailEvent),
    next: rows.length > page ? rows[page - 1]!.event.seq : null,
  };
}

/** An event with the names for its ids. */
export function trailEvent({
  event,
  actor,
  reference,
}: {
  event: Pick<typeof events.$inferSelect, 'seq' | 'at' | 'kind' | 'actorId' | 'recordId' | 'body'>;
  actor: string | null;
  reference: string | null;
}): TrailEvent {
  return {
    ...factOf(event),
    seq: event.seq,
    at: event.at.toISOString(),
    actor: event.actorId ? { id: event.actorId, name: actor ?? 'former member' } : null,
    record: event.recordId ? { id: event.recordId, reference: reference ?? '' } : null,
  };
}
