import { and, eq } from 'drizzle-orm';
import type { Db, Tx } from './driver/client.ts';
import { events } from './schema.ts';

/** The time of an event of a trail; null if the number does not exist. */
export async function momentOf(db: Db | Tx, trail: string, seq: number): Promise<Date | null> {
  const [row] = await db
    .select({ at: events.at })
    .from(events)
    .where(and(eq(events.trailId, trail), eq(events.seq, seq)));
  return row?.at ?? null;
}

/**
 * The newest number of a trail at or before a moment, by binary search: numbers have no gaps. `head`: the newest
 * number.
 */
export async function seqAt(db: Db | Tx, trail: string, head: number, moment: Date): Promise<number> {
  let [low, high] = [0, head];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((await momentOf(db, trail, middle))! <= moment) low = middle;
    else high = middle - 1;
  }
  return low;
}
