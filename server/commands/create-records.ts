import { and, desc, eq, sql } from 'drizzle-orm';
import { generateNKeysBetween } from 'fractional-indexing';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import { findingOf } from '#shared/domain/judge.ts';
import { mayAct } from '#shared/domain/ownership.ts';
import { scopeOpen } from '#shared/domain/rules/scope.ts';
import type { ScopeAccess } from '#server/db/access.ts';
import { holdApprovals } from '#server/db/approvals.ts';
import { cardOf, type RecordRow } from '#server/db/records.ts';
import { documents, judgements, records, revisions, scopes } from '#server/db/schema.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type Act } from './command.ts';
import { searchText } from './describe-vehicle.ts';
import { allow, Refused } from './errors.ts';
import { emptyDocument, judgeNewRecords, newRecordRow } from './new-record.ts';
import { openScope } from './open-record.ts';
import { judgedColumns } from './settle-record.ts';
import { planDrafts, type Draft, type FreshDraft } from './plan-drafts.ts';

/** What became of one draft: created, there already (from the same source), or refused because its VIN is taken. */
export type Created =
  | { state: 'created'; card: Card }
  | { state: 'known'; record: string; reference: string }
  | { state: 'refused'; findings: Finding[] };

interface Input {
  scope: string;
  drafts: readonly Draft[];
  /** All drafts or none. */
  whole?: boolean;
}

/**
 * Creates records in a scope's intake, in the order given; the answer names what became of each draft, in that order.
 * Throws NotFound, Forbidden, or Refused where the scope is closed, or where `whole` is asked for and one draft is refused.
 */
export const createRecords = command('create-records', async (act, input: Input): Promise<{ created: Created[] }> => {
  const access = await openScope(act, input.scope);
  allow(mayAct('createRecords', access.actor));
  if (access.scope.state === 'closed') throw new Refused([findingOf(scopeOpen)]);
  const created = await insertDrafts(act, access, input.drafts);
  const refused = created.flatMap((one) => (one.state === 'refused' ? one.findings : []));
  if (input.whole && refused.length > 0) throw new Refused(refused);
  return { created };
});

async function insertDrafts(act: Act, { scope, actor }: ScopeAccess, drafts: readonly Draft[]): Promise<Created[]> {
  const fates = await planDrafts(act.tx, scope, drafts);
  const inserted = await insert(
    act,
    scope,
    actor.id,
    fates.flatMap((fate) => (fate.state === 'fresh' ? fate : [])),
  );
  for (const card of inserted) {
    act.record({
      trail: scope.id,
      kind: 'record.created',
      record: { id: card.id, reference: card.reference },
      body: { after: { stage: 'intake', vin: card.vin, category: card.category } },
      card,
      counts: countChange(null, card),
    });
  }
  return fates.map((fate): Created => {
    if (fate.state === 'fresh') return { state: 'created', card: inserted[fate.place]! };
    if (fate.state !== 'twin') return fate;
    const { id, reference } = inserted[fate.of]!;
    return { state: 'known', record: id, reference };
  });
}

async function insert(act: Act, scope: ScopeAccess['scope'], personId: string, fresh: readonly FreshDraft[]) {
  if (fresh.length === 0) return [];
  const { tx, now } = act;
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
  await holdApprovals(
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
