import { and, eq } from 'drizzle-orm';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card, DataEdit, DataTree, RevisionSource } from '#shared/contract/record.ts';
import { dataTooLarge } from '#shared/domain/data-size.ts';
import { nodesAt, setAt } from '#shared/domain/data-tree.ts';
import { findingOf } from '#shared/domain/judge.ts';
import { vinUnique } from '#shared/domain/rules/vin.ts';
import { lockApprovals } from '#server/db/approvals.ts';
import { cardOf, recordWithVin } from '#server/db/records.ts';
import { revisions } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { describeVehicle, searchText } from './describe-vehicle.ts';
import { Refused, Stale } from '../errors.ts';
import { assertPermission, loadRecordForUpdate } from './load.ts';
import { saveAndJudge } from '../judging/save-record.ts';

interface Input {
  record: string;
  edits: readonly z.infer<typeof DataEdit>[];
  source: RevisionSource['kind'];
}

/**
 * Changes entries of the vehicle data and saves them as one revision. Values are stored as typed; the judgement reports
 * what is wrong with them. Throws Stale for the first entry that no longer has the value the editor saw, Forbidden, and
 * Refused for data past its review, too much data, or a VIN that another record has.
 */
export const editData = command('edit-data', async (ctx, input: Input): Promise<{ card: Card; revision: number }> => {
  const open = await loadRecordForUpdate(ctx, input.record);
  const { row, scope, actor } = open;
  assertPermission(open, 'editData');
  if (!['intake', 'data', 'review'].includes(row.stage)) throw new Refused([pastReview]);

  const [present] = await ctx.tx
    .select({ data: revisions.data })
    .from(revisions)
    .where(and(eq(revisions.recordId, row.id), eq(revisions.number, row.revision)));
  let data = present!.data;
  for (const { path, from, to } of input.edits) {
    const now = nodesAt(data, path)[0] ?? null;
    if (!isDeepStrictEqual(now, from)) throw new Stale('entry', now, path);
    if (to !== null) refuseBelowText(data, path);
    data = setAt(data, path, to);
  }
  const tooLarge = dataTooLarge(data, present!.data);
  if (tooLarge) throw new Refused([tooLarge]);
  const vehicle = describeVehicle(data);
  if (vehicle.dataHash === row.dataHash) return { card: cardOf(row), revision: row.revision };
  if (vehicle.vin) {
    const holder = await recordWithVin(ctx.tx, row.organisationId, vehicle.vin, vehicle.buildStage);
    if (holder && holder.id !== row.id) {
      throw new Refused([findingOf(vinUnique, { entry: 'vin', params: { holder: holder.reference } })]);
    }
  }

  if (vehicle.approval !== row.approval) await lockApprovals(ctx.tx, row.organisationId, [vehicle.approval]);
  const revision = row.revision + 1;
  await ctx.tx.insert(revisions).values({
    recordId: row.id,
    number: revision,
    data,
    hash: vehicle.dataHash,
    editedBy: actor.id,
    editedAt: ctx.now,
    source: { kind: input.source },
  });
  const card = await saveAndJudge(ctx.tx, row, ctx.now, {
    ...vehicle,
    revision,
    editors: [...new Set([...row.editors, actor.id])],
    search: searchText(row.reference, vehicle),
  });
  ctx.record({
    trail: scope.id,
    kind: 'record.edited',
    record: { id: row.id, reference: row.reference },
    body: { revision, hash: vehicle.dataHash, edits: input.edits, source: input.source },
    card,
  });
  return { card, revision };
});

/** An entry below a text would silently replace the text. Throws Stale with the text. */
function refuseBelowText(data: DataTree, path: string): void {
  const steps = path.split('/');
  for (let length = 1; length < steps.length; length++) {
    const above = steps.slice(0, length).join('/');
    const [node] = nodesAt(data, above);
    if (typeof node === 'string') throw new Stale('entry', node, above);
  }
}

/** M03. */
const pastReview: Finding = {
  rule: 'M03',
  key: 'edit.reviewed',
  params: {},
  severity: 'error',
  entry: null,
  mend: ['lead'],
};
