import { and, asc, eq, gt } from 'drizzle-orm';
import type { Db } from './driver/client.ts';
import { events, trails } from './schema.ts';
import { hashOf, type EventRow } from './trail.ts';

const page = 500;

/** The first place where a trail differs from what was written. `seq` is the number of the event that reveals it. */
export interface Break {
  trail: string;
  seq: number;
  /** The difference, as the second half of a sentence. */
  what: string;
}

/**
 * Checks every trail from its first event to its head. Returns how much was checked, and the first break of each trail.
 */
export async function checkTrails(db: Db): Promise<{ trails: number; events: number; breaks: Break[] }> {
  const heads = await db.select().from(trails).orderBy(asc(trails.id));
  const breaks: Break[] = [];
  let checked = 0;
  for (const { id, lastSeq, lastHash } of heads) {
    let previous = { seq: 0, hash: '' };
    let broken: Break | null = null;
    do {
      const rows = await db
        .select()
        .from(events)
        .where(and(eq(events.trailId, id), gt(events.seq, previous.seq)))
        .orderBy(asc(events.seq))
        .limit(page);
      for (const row of rows) {
        broken ??= breakAt(row, previous);
        previous = row;
        checked += 1;
      }
      if (rows.length < page) break;
    } while (!broken);
    broken ??= breakAtHead({ trail: id, lastSeq, lastHash }, previous);
    if (broken) breaks.push(broken);
  }
  return { trails: heads.length, events: checked, breaks };
}

function breakAt(row: EventRow, previous: { seq: number; hash: string }): Break | null {
  const at = (what: string): Break => ({ trail: row.trailId, seq: row.seq, what });
  if (row.seq !== previous.seq + 1) return at(`it follows event ${previous.seq}; what stood in between is missing`);
  if (row.previousHash !== previous.hash) return at('it does not name the hash of the event before it');
  const { hash, ...content } = row;
  return hash === hashOf(content) ? null : at('its content is not what its hash was made of');
}

function breakAtHead(
  head: { trail: string; lastSeq: number; lastHash: string },
  last: { seq: number; hash: string },
): Break | null {
  if (head.lastSeq !== last.seq)
    return { trail: head.trail, seq: last.seq, what: `it is the newest, but the trail counts ${head.lastSeq} events` };
  if (head.lastHash !== last.hash)
    return { trail: head.trail, seq: last.seq, what: 'its hash is not the one the trail ends with' };
  return null;
}
