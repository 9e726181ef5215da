import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Db, Tx } from './client.ts';
import { records } from './schema.ts';

export type RecordRow = typeof records.$inferSelect;

/** The row, held until the transaction ends. */
export async function lockRecord(tx: Tx, id: string): Promise<RecordRow | undefined> {
  const [row] = await tx.select().from(records).where(eq(records.id, id)).for('update');
  return row;
}

/** Writes columns of a locked record and counts its version up. */
export async function writeRecord(
  tx: Tx,
  id: string,
  columns: Partial<typeof records.$inferInsert>,
): Promise<RecordRow> {
  const [row] = await tx
    .update(records)
    .set({ ...columns, version: sql`${records.version} + 1` })
    .where(eq(records.id, id))
    .returning();
  return row!;
}

/** The ranks between which a card goes: below `after`, at the top for null, at the end for undefined. */
export async function gapInStage(
  tx: Tx,
  scopeId: string,
  stage: StageKey,
  after: string | null | undefined,
): Promise<[low: string | null, high: string | null]> {
  const here = and(eq(records.scopeId, scopeId), eq(records.stage, stage));
  const rank = { rank: records.rank };
  if (after === undefined) {
    const [last] = await tx.select(rank).from(records).where(here).orderBy(desc(records.rank)).limit(1);
    return [last?.rank ?? null, null];
  }
  const [low] =
    after === null
      ? []
      : await tx
          .select(rank)
          .from(records)
          .where(and(here, eq(records.id, after)));
  if (after !== null && !low) return gapInStage(tx, scopeId, stage, undefined);
  const [high] = await tx
    .select(rank)
    .from(records)
    .where(low ? and(here, gt(records.rank, low.rank)) : here)
    .orderBy(asc(records.rank))
    .limit(1);
  return [low?.rank ?? null, high?.rank ?? null];
}

/** Reference of the record that holds a VIN at a build stage in an organisation. */
export async function holderOfVin(tx: Db | Tx, organisationId: string, vin: string, buildStage: string) {
  const [row] = await tx
    .select({ id: records.id, reference: records.reference })
    .from(records)
    .where(and(eq(records.organisationId, organisationId), eq(records.vin, vin), eq(records.buildStage, buildStage)));
  return row ?? null;
}

/** All that a card shows, from its one row. */
export function cardOf(row: RecordRow): Card {
  const tallies = Object.values(row.checklist);
  return {
    id: row.id,
    reference: row.reference,
    version: row.version,
    stage: row.stage,
    rank: row.rank,
    stageSince: row.stageSince.toISOString(),
    make: row.make,
    type: row.type,
    variant: row.variant,
    typeVersion: row.typeVersion,
    commercialName: row.commercialName,
    category: row.category,
    vin: row.vin,
    duties: dutiesOf(row),
    nextAction: { what: row.nextAction, owner: row.actionOwnerId, due: row.dueOn },
    gates: row.gates,
    blocked: { count: row.openExceptions, reason: row.blockedBy },
    fallen: row.fallen,
    waived: row.waived,
    review: row.review,
    comments: { count: row.comments, unresolved: row.unresolvedThreads },
    checklist: {
      done: tallies.reduce((sum, { done }) => sum + done, 0),
      total: tallies.reduce((sum, { total }) => sum + total, 0),
    },
  };
}

type Dutied = Pick<RecordRow, 'dataOwnerId' | 'reviewerId' | 'outputPreparerId' | 'signatoryId'>;

/** Who holds which duty on a record. */
export function dutiesOf(row: Dutied): Card['duties'] {
  return {
    dataOwner: row.dataOwnerId,
    reviewer: row.reviewerId,
    outputPreparer: row.outputPreparerId,
    signatory: row.signatoryId,
  };
}
