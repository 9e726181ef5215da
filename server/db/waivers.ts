import { and, eq, gt, inArray, lt } from 'drizzle-orm';
import type { Waiver } from '#shared/contract/waiver.ts';
import type { Db, Tx } from './driver/client.ts';
import { scopes, waivers } from './schema.ts';

export type WaiverRow = typeof waivers.$inferSelect;

/** The proposed and active waivers of these records. */
export function unendedWaivers(tx: Tx, records: readonly string[]): Promise<WaiverRow[]> {
  return tx
    .select()
    .from(waivers)
    .where(and(inArray(waivers.recordId, [...records]), inArray(waivers.state, ['proposed', 'active'])));
}

/**
 * Records of these organisations that have a proposed or active waiver whose last day is over, after record `after` in
 * id order; at most `limit`.
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

/** Maps a waiver to its API form. */
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
