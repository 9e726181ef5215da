import { asc, eq, getTableName, gt, and, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { expect } from 'vitest';
import { TrailEvent } from '#shared/contract/event.ts';
import type { Db } from '#server/db/driver/client.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import * as schema from '#server/db/schema.ts';
import { events } from '#server/db/schema.ts';
import { lastSeq, type EventRow } from '#server/db/trail.ts';
import { waitFor } from './wait.ts';

/** Every table except those that the sign-in library writes on almost any request. */
const tables = Object.values(schema)
  .filter((member) => is(member, PgTable))
  .filter((table) => table !== schema.sessions && table !== schema.verifications);

/** A fingerprint of every table: equal before and after means that nothing was written. */
async function tableChecksums(db: Db, but: readonly PgTable[]): Promise<Record<string, string>> {
  const trace: Record<string, string> = {};
  for (const table of tables.filter((one) => !but.includes(one))) {
    const [row] = await db
      .select({
        sum: sql<string>`count(*) || ' rows ' || md5(coalesce(string_agg(${table}::text, ',' order by ${table}::text), ''))`,
      })
      .from(table);
    trace[getTableName(table)] = row!.sum;
  }
  return trace;
}

/** Resolves once the rejudge queue is empty: a job of the server processes it after the commit of its cause. */
export async function settled(db: Db): Promise<void> {
  await waitFor(async () => (await db.select().from(schema.rejudgements).limit(1)).length === 0);
}

/** Runs something that must be refused and proves that no table changed, except those that may. */
export async function expectNoWrites<T>(db: Db, act: () => Promise<T>, but: readonly PgTable[] = []): Promise<T> {
  await settled(db);
  const before = await tableChecksums(db, but);
  const result = await act();
  expect(await tableChecksums(db, but)).toEqual(before);
  return result;
}

/**
 * Runs something and returns the events it left on a trail; proves that they match their schemas and that the hash
 * chain is intact.
 */
export async function eventsOf<T>(
  db: Db,
  trail: string,
  act: () => Promise<T>,
): Promise<{ answer: T; left: EventRow[] }> {
  const before = await lastSeq(db, trail);
  const answer = await act();
  const left = await db
    .select()
    .from(events)
    .where(and(eq(events.trailId, trail), gt(events.seq, before)))
    .orderBy(asc(events.seq));
  expect((await checkTrails(db)).breaks).toEqual([]);
  for (const { kind, body, at } of left) {
    const event = { kind, body, seq: 1, at: at.toISOString(), actor: null, record: null };
    expect(TrailEvent.parse(event)).toEqual(event);
  }
  return { answer, left };
}
