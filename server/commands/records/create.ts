import { and, desc, eq, sql } from 'drizzle-orm';
import { generateNKeysBetween } from 'fractional-indexing';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import { findingOf } from '#shared/domain/judge.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { scopeOpen } from '#shared/domain/rules/scope.ts';
import type { ScopeAccess } from '#server/db/access.ts';
import { lockApprovals } from '#server/db/approvals.ts';
import { cardOf, type RecordRow } from '#server/db/records.ts';
import { documents, judgements, records, revisions, scopes } from '#server/db/schema.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type CommandContext } from '../command.ts';
import { searchText } from './describe-vehicle.ts';
import { assertAllowed, Refused } from '../errors.ts';
import { emptyDocument, judgeNewRecords, newRecordRow } from './new-rows.ts';
import { requireScopeAccess } from './load.ts';
import { judgedColumns } from '../judging/save-record.ts';
import { planDrafts, type RecordDraft, type ValidDraft } from './plan-drafts.ts';

/** The result for one draft: created, already known (from the same source), or refused because its VIN is taken. */
export type Created =
  | { state: 'created'; card: Card }
  | { state: 'known'; record: string; reference: string }
  | { state: 'refused'; findings: Finding[] };

interface Input {
  scope: string;
  drafts: readonly RecordDraft[];
  /** Creates all drafts or none. */
  whole?: boolean;
}

/**
 * Creates records in a scope's intake, in the given order; returns one result per draft, in that order. Throws
 * NotFound, Forbidden, and Refused if the scope is closed, or if `whole` is set and one draft is refused.
 */
export const createRecords = command('create-records', async (ctx, input: Input): Promise<{ created: Created[] }> => {
  const access = await requireScopeAccess(ctx, input.scope);
  assertAllowed(permissionDenial('createRecords', access.actor));
  if (access.scope.state === 'closed') throw new Refused([findingOf(scopeOpen)]);
  const created = await insertDrafts(ctx, access, input.drafts);
  const refused = created.flatMap((one) => (one.state === 'refused' ? one.findings : []));
  if (input.whole && refused.length > 0) throw new Refused(refused);
  return { created };
});

async function insertDrafts(
  ctx: CommandContext,
  { scope, actor }: ScopeAccess,
  drafts: readonly RecordDraft[],
): Promise<Created[]> {
  const fates = await planDrafts(ctx.tx, scope, drafts);
  const inserted = await insert(
    ctx,
    scope,
    actor.id,
    fates.flatMap((outcome) => (outcome.state === 'fresh' ? outcome : [])),
  );
  for (const card of inserted) {
    ctx.record({
      trail: scope.id,
      kind: 'record.created',
      record: { id: card.id, reference: card.reference },
      body: { after: { stage: 'intake', vin: card.vin, category: card.category } },
      card,
      counts: countChange(null, card),
    });
  }
  return fates.map((outcome): Created => {
    if (outcome.state === 'fresh') return { state: 'created', card: inserted[outcome.place]! };
    if (outcome.state !== 'twin') return outcome;
    const { id, reference } = inserted[outcome.of]!;
    return { state: 'known', record: id, reference };
  });
}

async function insert(
  ctx: CommandContext,
  scope: ScopeAccess['scope'],
  personId: string,
  fresh: readonly ValidDraft[],
) {
  if (fresh.length === 0) return [];
  const { tx, now } = ctx;
  const [[numbered], [last]] = await Promise.all([
    tx
      .update(scopes)
      .set({ lastReference: sql`${scopes.lastReference} + ${fresh.length}` })
      .where(eq(scopes.id, scope.id))
      .returning({ last: scopes.lastReference }),
    tx
      .select({ rank: records.rank })
      .from(records)
      .where(and(eq(records.scopeId, scope.id), eq(records.stage, 'intake')))
      .orderBy(desc(records.rank))
      .limit(1),
  ]);
  const ranks = generateNKeysBetween(last?.rank ?? null, null, fresh.length);
  const drafted = fresh.map((one, index) => {
    const reference = `${scope.prefix}-${numbered!.last - fresh.length + index + 1}`;
    return {
      draft: one.draft,
      row: {
        ...newRecordRow(one, scope, personId),
        reference,
        rank: ranks[index]!,
        stageSince: now,
        createdAt: now,
        search: searchText(reference, one.vehicle),
      },
    };
  });
  await lockApprovals(
    tx,
    scope.organisationId,
    drafted.map(({ row }) => row.approval),
  );
  const judged = await judgeNewRecords(tx, drafted, now);
  const made = drafted.map(({ draft, row }, index) => {
    const { verdicts, marks, facts } = judged[index]!;
    const columns = { ...row, ...judgedColumns(row.stage, marks, facts) };
    return { draft, verdicts, ruleSet: facts.ruleSet, row: columns };
  });
  const rows: RecordRow[] = await tx
    .insert(records)
    .values(made.map(({ row }) => row))
    .returning();
  await Promise.all([
    tx
      .insert(judgements)
      .values(made.map(({ row, verdicts, ruleSet }) => ({ recordId: row.id, verdicts, ruleSet, judgedAt: now }))),
    tx.insert(revisions).values(
      made.map(({ row, draft }) => ({
        recordId: row.id,
        number: 1,
        data: draft.data,
        hash: row.dataHash,
        editedBy: personId,
        editedAt: now,
        source: draft.source,
      })),
    ),
    tx.insert(documents).values(made.map(({ row }) => ({ recordId: row.id, state: emptyDocument }))),
  ]);
  return rows.map(cardOf);
}
