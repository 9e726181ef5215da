import { and, eq, inArray, lt, notInArray, sql, type SQL } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Services } from '#server/commands/command.ts';
import type { Db } from '#server/db/driver/client.ts';
import { importRows, imports, operations, ruleTrials, sessions, signInTries } from '#server/db/schema.ts';
import { everyMinute } from './every-minute.ts';

const day = 86_400_000;
const hour = 3_600_000;

/**
 * Days for which rows that nothing references are kept. A command that is resent after `operations` days counts as a
 * new one, so this is far longer than any command waits in a browser. `sessions` counts from their expiry.
 */
export const retentionDays = { operations: 90, imports: 90, trials: 30, sessions: 1, signInTries: 1 };

/** Rows per batch, few enough to block nobody. After `mostBatches` batches the rest waits for the next run. */
const atOnce = 500;
const mostBatches = 40;

/** Deletes rows past their retention, in small transactions. */
export async function prune({ db, now }: Pick<Services, 'db' | 'now'>): Promise<void> {
  const before = (days: number) => new Date(now().getTime() - days * day);
  await deleteWhere(db, operations, lt(operations.at, before(retentionDays.operations)));
  await deleteWhere(db, sessions, lt(sessions.expiresAt, before(retentionDays.sessions)));
  await deleteWhere(db, signInTries, lt(signInTries.at, before(retentionDays.signInTries)));
  const over = and(eq(ruleTrials.state, 'done'), lt(ruleTrials.at, before(retentionDays.trials)));
  await deleteWhere(db, ruleTrials, over!);
  const idle = and(notInArray(imports.state, ['checking', 'applying']), lt(imports.at, before(retentionDays.imports)))!;
  const old = db.select({ id: imports.id }).from(imports).where(idle);
  await deleteWhere(db, importRows, inArray(importRows.importId, old));
  const left = sql`not exists (select 1 from ${importRows} where ${importRows.importId} = ${imports.id})`;
  await deleteWhere(db, imports, and(idle, left)!);
}

async function deleteWhere(db: Db, table: PgTable, old: SQL): Promise<void> {
  for (let batch = 0; batch < mostBatches; batch++) {
    const some = sql`ctid in (select ctid from ${table} where ${old} limit ${atOnce})`;
    const deleted = await db
      .delete(table)
      .where(some)
      .returning({ one: sql`1` });
    if (deleted.length < atOnce) return;
  }
}

/** Runs now and once an hour. Returns a stop function that waits for the current run. */
export const watchOldRows = (services: Services): (() => Promise<void>) =>
  everyMinute('deleting old rows', () => prune(services), hour);
