import * as Y from 'yjs';
import { judge } from '#shared/domain/judge.ts';
import { newDocument, projectDocument } from '#shared/domain/record-document.ts';
import type { Db, Tx } from '#server/db/driver/client.ts';
import { gatherFacts } from '#server/db/facts.ts';
import { v7 } from '#server/db/driver/uuid.ts';
import { mapYielding } from '../judging/map-yielding.ts';
import type { ValidDraft } from './plan-drafts.ts';
import type { Judged } from '../judging/save-record.ts';

export const emptyDocument = newDocument();
const emptyProjection = (() => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, emptyDocument);
  return projectDocument(doc);
})();

const nobody = { dataOwnerId: null, reviewerId: null, outputPreparerId: null, signatoryId: null };

/** The columns of a new record that come from its draft, without its rank. */
export function newRecordRow(
  { draft, vehicle }: ValidDraft,
  scope: { id: string; organisationId: string },
  personId: string,
) {
  return {
    id: v7(),
    organisationId: scope.organisationId,
    scopeId: scope.id,
    stage: 'intake' as const,
    revision: 1,
    editors: draft.source.kind === 'import' ? [] : [personId],
    ...vehicle,
    approval: vehicle.approval ?? null,
    sourceKey: draft.sourceKey,
    checklist: emptyProjection.checklist,
  };
}

/**
 * The verdicts of every gate on new records, in their order. `createRecords` stores them; the dry run of an import
 * computes them before anything is stored, so that it reports what the board will report.
 */
export async function judgeNewRecords(
  tx: Db | Tx,
  made: readonly { draft: ValidDraft['draft']; row: ReturnType<typeof newRecordRow> }[],
  now: Date,
): Promise<Judged[]> {
  const rows = made.map(({ draft, row }) => ({ ...row, ...nobody, data: draft.data }));
  const facts = await gatherFacts(tx, rows, now);
  return mapYielding(rows, ({ id }) => {
    const recordFacts = facts.get(id)!;
    return { ...judge(recordFacts), facts: recordFacts };
  });
}
