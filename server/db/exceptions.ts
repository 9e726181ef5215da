import type { RecordException } from '#shared/contract/exception.ts';
import type { exceptions } from './schema.ts';

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
    closed: row.closedAt && { by: row.closedBy!, at: row.closedAt.toISOString(), resolution: row.resolution! },
  };
}
