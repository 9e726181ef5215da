import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { NewRecord } from '#shared/contract/record.ts';
import { dataTooLarge } from '#shared/domain/data-size.ts';
import { findingOf } from '#shared/domain/judge.ts';
import { vinUnique } from '#shared/domain/rules/vin.ts';
import type { Db, Tx } from '#server/db/driver/client.ts';
import { records } from '#server/db/schema.ts';
import { describeVehicle } from './describe-vehicle.ts';

export type RecordDraft = z.infer<typeof NewRecord>;

export interface ValidDraft {
  draft: RecordDraft;
  vehicle: ReturnType<typeof describeVehicle>;
}

/**
 * The outcome of a draft: a new record (`place` among the new ones); no record, because one of the same source exists
 * or comes from an earlier draft (`twin`); or a refusal, because its VIN is taken or it is too large.
 */
export type ImportOutcome =
  | ({ state: 'fresh'; place: number } & ValidDraft)
  | { state: 'known'; record: string; reference: string }
  | { state: 'twin'; of: number }
  | { state: 'refused'; findings: Finding[] };

/** VINs and sources taken by earlier drafts of the same file; passed from batch to batch. */
export interface TakenKeys {
  vins: Set<string>;
  sources: Map<string, number>;
}

export const noTakenKeys = (): TakenKeys => ({ vins: new Set(), sources: new Map() });

/** Determines the outcome of drafts, in their order. The import's dry run and `createRecords` both use it. */
export async function planDrafts(
  tx: Db | Tx,
  scope: { id: string; organisationId: string },
  drafts: readonly RecordDraft[],
  claims: TakenKeys = noTakenKeys(),
): Promise<ImportOutcome[]> {
  // Data that is too large is not described: computing its hash alone would block the main thread.
  const described = drafts.map((draft) => {
    const tooLarge = dataTooLarge(draft.data);
    return tooLarge ? { draft, tooLarge, vehicle: null } : { draft, tooLarge, vehicle: describeVehicle(draft.data) };
  });
  const taken = await existing(tx, scope, described);
  let fresh = 0;
  return described.map((one): ImportOutcome => {
    const { sourceKey } = one.draft;
    const bySource = sourceKey && taken.bySource.get(sourceKey);
    if (bySource) return { state: 'known', record: bySource.id, reference: bySource.reference };
    const duplicate = sourceKey ? claims.sources.get(sourceKey) : undefined;
    if (duplicate !== undefined) return { state: 'twin', of: duplicate };
    if (one.tooLarge) return { state: 'refused', findings: [one.tooLarge] };
    const vin = one.vehicle.vin && `${one.vehicle.vin} ${one.vehicle.buildStage}`;
    if (vin) {
      const holder = taken.byVin.get(vin) ?? (claims.vins.has(vin) ? '' : undefined);
      if (holder !== undefined)
        return { state: 'refused', findings: [findingOf(vinUnique, { entry: 'vin', params: { holder } })] };
      claims.vins.add(vin);
    }
    if (sourceKey) claims.sources.set(sourceKey, fresh);
    return { state: 'fresh', place: fresh++, draft: one.draft, vehicle: one.vehicle };
  });
}

type Described = Pick<ValidDraft, 'draft'> & { vehicle: ValidDraft['vehicle'] | null };

/** The existing records that have a draft's source or VIN. */
async function existing(tx: Db | Tx, scope: { id: string; organisationId: string }, described: readonly Described[]) {
  const keys = described.flatMap(({ draft }) => draft.sourceKey ?? []);
  const vins = described.flatMap(({ vehicle }) => vehicle?.vin ?? []);
  const columns = {
    id: records.id,
    reference: records.reference,
    key: records.sourceKey,
    vin: records.vin,
    buildStage: records.buildStage,
  };
  const [bySource, byVin] = await Promise.all([
    keys.length
      ? tx
          .select(columns)
          .from(records)
          .where(and(eq(records.scopeId, scope.id), inArray(records.sourceKey, keys)))
      : [],
    vins.length
      ? tx
          .select(columns)
          .from(records)
          .where(and(eq(records.organisationId, scope.organisationId), inArray(records.vin, vins)))
      : [],
  ]);
  return {
    bySource: new Map(bySource.map(({ key, ...record }) => [key!, record])),
    byVin: new Map(byVin.map(({ vin, buildStage, reference }) => [`${vin} ${buildStage}`, reference])),
  };
}
