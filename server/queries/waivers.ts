import type { Waiver } from '#shared/contract/waiver.ts';
import type { waivers } from '#server/db/schema.ts';

/** A waiver as people and programs read it. */
export function waiverOf(row: typeof waivers.$inferSelect, reference: string): Waiver {
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
      row.revokedBy === null
        ? null
        : { by: row.revokedBy, at: row.revokedAt!.toISOString(), why: row.revokedWhy ?? '' },
    extends: row.extendsId,
  };
}
