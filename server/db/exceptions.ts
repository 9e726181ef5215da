import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { RecordException } from '#shared/contract/exception.ts';
import { severitiesByWeight } from '#shared/domain/exceptions.ts';
import type { ExceptionClock } from '#shared/domain/exception-clock.ts';
import type { Tx } from './driver/client.ts';
import { exceptions } from './schema.ts';

export type ExceptionRow = typeof exceptions.$inferSelect;

export function exceptionOf(row: ExceptionRow): RecordException {
  return {
    id: row.id,
    kind: row.kind,
    severity: row.severity,
    cause: row.cause,
    waitingFor: row.waitingFor,
    waitingOn: row.waitingOn,
    waited: { us: row.waitedOnUs, others: row.waitedOnOthers, since: row.waitingSince.toISOString() },
    blocks: row.blocks,
    rule: row.rule,
    entry: row.entry,
    owner: row.ownerId,
    raisedBy: row.raisedBy,
    since: row.since.toISOString(),
    until: row.until,
    reopened: row.reopened,
    closed: row.closedAt && { by: row.closedBy!, at: row.closedAt.toISOString(), resolution: row.resolution },
  };
}

/** 1 for the most severe. Uses the unqualified column name, for statements that only read exceptions. */
export const bySeverity = sql<number>`array_position(array[${sql.raw(severitiesByWeight.map((one) => `'${one}'`).join())}], severity)`;

export const clockOf = (row: ExceptionRow): ExceptionClock => ({
  waitingOn: row.waitingOn,
  us: row.waitedOnUs,
  others: row.waitedOnOthers,
  since: row.waitingSince.getTime(),
});

/**
 * The columns of a record that summarise its open exceptions: their count, and the cause of the most severe, oldest
 * one.
 */
export async function openExceptionsOf(
  tx: Tx,
  record: string,
): Promise<{ openExceptions: number; blockedBy: string | null }> {
  const open = and(eq(exceptions.recordId, record), isNull(exceptions.closedAt));
  const [first] = await tx
    .select({ cause: exceptions.cause, count: sql<number>`(count(*) over ())::int` })
    .from(exceptions)
    .where(open)
    .orderBy(bySeverity, asc(exceptions.since), asc(exceptions.id))
    .limit(1);
  return { openExceptions: first?.count ?? 0, blockedBy: first?.cause ?? null };
}
