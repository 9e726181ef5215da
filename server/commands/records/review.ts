import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card, NewReview } from '#shared/contract/record.ts';
import { entryOf } from '#shared/domain/catalogue/catalogue.ts';
import { findingOf } from '#shared/domain/judge.ts';
import { quote } from '#shared/domain/rule.ts';
import { fourEyes, reviewedTicks } from '#shared/domain/rules/review.ts';
import { presentRules } from '#server/db/rule-sets.ts';
import { reviews } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { Refused } from '../errors.ts';
import { assertPermission, loadRecordForUpdate } from './load.ts';
import { saveAndJudge } from '../judging/save-record.ts';

type Input = z.infer<typeof NewReview> & { record: string };

/**
 * Records the reviewer's decision on exactly the revision they read. Throws Forbidden, and Refused for a revision other
 * than the present one, a reviewer who typed any of it, or a return without a reason or for an entry that no
 * certificate has.
 */
export const reviewRecord = command('review-record', async (ctx, input: Input): Promise<{ card: Card }> => {
  const open = await loadRecordForUpdate(ctx, input.record);
  const { row, scope, actor } = open;
  assertPermission(open, 'reviewRecord');
  if (input.revision !== row.revision) throw new Refused([notPresent(row.revision)]);
  if (input.outcome === 'returned' && input.reasons.length === 0 && !input.note) throw new Refused([noReason]);
  const unknown = input.reasons.find(({ entry }) => entry !== null && !entryOf(entry));
  if (unknown) throw new Refused([noSuchEntry(unknown.entry!)]);
  if (row.editors.includes(actor.id)) throw new Refused([findingOf(fourEyes)]);
  const { ruleSet } = await presentRules(ctx.tx, scope.organisationId);
  await ctx.tx.insert(reviews).values({
    recordId: row.id,
    revision: row.revision,
    dataHash: row.dataHash,
    ruleSet,
    ticked: reviewedTicks(row.checklist),
    reviewerId: actor.id,
    outcome: input.outcome,
    reasons: input.reasons,
    note: input.note,
    at: ctx.now,
  });
  const card = await saveAndJudge(ctx.tx, row, ctx.now, {});
  ctx.record({
    trail: scope.id,
    kind: 'record.reviewed',
    record: { id: row.id, reference: row.reference },
    body: {
      revision: row.revision,
      hash: row.dataHash,
      ruleSet,
      outcome: input.outcome,
      reasons: input.reasons,
      note: input.note,
    },
    card,
  });
  return { card };
});

/** M02. */
const notPresent = (present: number): Finding => ({
  rule: 'M02',
  key: 'review.presentRevision',
  params: { present },
  severity: 'error',
  entry: null,
  mend: ['reviewer'],
});

/** M17. */
const noReason: Finding = {
  rule: 'M17',
  key: 'review.reasons',
  params: {},
  severity: 'error',
  entry: null,
  mend: ['reviewer'],
};

/** M18. */
const noSuchEntry = (entry: string): Finding => ({
  rule: 'M18',
  key: 'review.entry',
  params: { entry: quote(entry) },
  severity: 'error',
  entry: null,
  mend: ['reviewer'],
});
