import { and, eq, gt, inArray, lt } from 'drizzle-orm';
import type { Waiver } from '#shared/contract/waiver.ts';
import type { Db, Tx } from './driver/client.ts';
import { scopes, waivers } from './schema.ts';

export type WaiverRow = typeof waivers.$inferSelect;

/** Of these records, the waivers that wait for a decision or hold. */
export function unendedWaivers(tx: Tx, records: readonly string[]): Promise<WaiverRow[]> {
  return tx
    .select()
    .from(waivers)
    .where(and(inArray(waivers.recordId, [...records]), inArray(waivers.state, ['proposed', 'active'])));
}

/**
 * The records of these organisations after one of them, with a waiver whose last day is over and that nobody has ended yet;
 * so many at most.
 */
export async function recordsWithOverdueWaivers(
  db: Db,
  { today, organisations }: { today: string; organisations: readonly string[] },
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectDistinct({ record: waivers.recordId })
    .from(waivers)
    .innerJoin(scopes, eq(scopes.id, waivers.scopeId))
    .where(
      and(
        inArray(scopes.organisationId, [...organisations]),
        inArray(waivers.state, ['proposed', 'active']),
        lt(waivers.endsOn, today),
        after === null ? undefined : gt(waivers.recordId, after),
      ),
    )
    .orderBy(waivers.recordId)
    .limit(limit);
  return rows.map(({ record }) => record);
}

/** A waiver as people and programs read it. */
export function waiverOf(row: WaiverRow, reference: string): Waiver {
  const { id, rule, reason, measure, endsOn, state } = row;
  return {
    id,
    record: row.recordId,
    reference,
    rule,
    reason,
    measure,
    endsOn,
    state,
    requested: { by: row.requestedBy, at: row.requestedAt.toISOString() },
    decided:
      row.decidedBy === null ? null : { by: row.decidedBy, at: row.decidedAt!.toISOString(), note: row.decisionNote },
    revoked:
      row.revokedBy === null ? null : { by: row.revokedBy, at: row.revokedAt!.toISOString(), why: row.revokedWhy },
    extends: row.extendsId,
  };
}
