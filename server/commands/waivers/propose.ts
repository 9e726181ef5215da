import { dayOf } from '#shared/domain/day.ts';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Finding } from '#shared/contract/finding.ts';
import type { WaiverOutcome, WaiverProposal } from '#shared/contract/waiver.ts';
import { judge, shuts } from '#shared/domain/judge.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import {
  alreadyActive,
  alreadyProposed,
  waiverDenial,
  waiverEndDenial,
  nothingToPass,
} from '#shared/domain/waivers.ts';
import { gatherFacts } from '#server/db/facts.ts';
import { presentRules } from '#server/db/rule-sets.ts';
import { holdersOf } from '#server/db/notifications.ts';
import { cardOf, type RecordRow } from '#server/db/records.ts';
import { records, waivers } from '#server/db/schema.ts';
import { unendedWaivers, type WaiverRow } from '#server/db/waivers.ts';
import { command, type CommandContext } from '../command.ts';
import { Forbidden, NotFound, Refused } from '../errors.ts';
import { requireScopeAccess } from '../records/load.ts';
import { proposalOccasion } from './load.ts';

type Input = z.infer<typeof WaiverProposal> & { scope: string; records: readonly string[] };

/**
 * Requests a waiver of one rule, for one or several records of a scope. Each record is judged on its own, and the
 * answer has one outcome per record. Throws NotFound if one of the records does not exist, and Forbidden or Refused if
 * none of them may have the waiver.
 */
export const proposeWaivers = command(
  'propose-waivers',
  async (ctx, { scope: id, records: named, ...proposal }: Input): Promise<{ outcomes: WaiverOutcome[] }> => {
    const { scope, actor } = await requireScopeAccess(ctx, id);
    const wanted = [...new Set(named)];
    const rows = await ctx.tx
      .select()
      .from(records)
      .where(and(eq(records.scopeId, scope.id), inArray(records.id, wanted)))
      .orderBy(asc(records.id))
      .for('update');
    if (rows.length < wanted.length) throw new NotFound('record');
    const { settings } = await presentRules(ctx.tx, scope.organisationId);
    const never =
      waiverDenial(proposal.rule) ?? waiverEndDenial(proposal.endsOn, dayOf(ctx.now, scope.timeZone), settings);
    if (never) throw new Refused([never]);

    const refusalOf = await refusals(ctx, rows, proposal.rule);
    const outcomes = wanted.map((record): WaiverOutcome => {
      const row = rows.find((one) => one.id === record)!;
      const finding = permissionDenial('requestWaivers', actor, cardOf(row)) ?? refusalOf(row);
      return { record, reference: row.reference, waiver: null, findings: finding ? [finding] : [] };
    });
    const fine = outcomes.filter(({ findings }) => findings.length === 0);
    if (fine.length === 0) throw refusalOfAll(outcomes.flatMap(({ findings }) => findings));
    const proposed = await ctx.tx
      .insert(waivers)
      .values(
        fine.map(({ record }) => ({
          ...proposal,
          recordId: record,
          scopeId: scope.id,
          state: 'proposed' as const,
          requestedBy: actor.id,
          requestedAt: ctx.now,
        })),
      )
      .returning();
    await recordProposals(ctx, proposed, rows);
    return {
      outcomes: outcomes.map((outcome) => ({
        ...outcome,
        waiver: proposed.find(({ recordId }) => recordId === outcome.record)?.id ?? null,
      })),
    };
  },
);

/** For each record, the finding that prevents a waiver of this rule; null: none does. */
async function refusals(ctx: CommandContext, rows: readonly RecordRow[], rule: string) {
  const [facts, unended] = await Promise.all([
    gatherFacts(ctx.tx, rows, ctx.now),
    unendedWaivers(
      ctx.tx,
      rows.map(({ id }) => id),
    ),
  ]);
  return (row: RecordRow): Finding | null => {
    const same = unended.filter((waiver) => waiver.recordId === row.id && waiver.rule === rule);
    if (same.some(({ state }) => state === 'proposed')) return alreadyProposed(rule);
    const active = same.find(({ state }) => state === 'active');
    if (active) return alreadyActive(rule, active.endsOn);
    const { verdicts } = judge(facts.get(row.id)!);
    const shut = verdicts.some(({ findings }) => findings.some((one) => one.rule === rule && shuts(one)));
    return shut ? null : nothingToPass(rule);
  };
}

/** Records one event per record and sends one notification for all of them: a decider reads them together. */
export async function recordProposals(
  ctx: CommandContext,
  proposed: readonly WaiverRow[],
  rows: readonly RecordRow[],
): Promise<void> {
  const [first] = proposed;
  const { scopeId, rule, endsOn, requestedBy } = first!;
  for (const { id, recordId, reason, measure, extendsId } of proposed) {
    const row = rows.find((one) => one.id === recordId)!;
    ctx.record({
      trail: scopeId,
      kind: 'waiver.proposed',
      record: { id: recordId, reference: row.reference },
      body: { waiver: id, rule, reason, measure, endsOn, ...(extendsId ? { extends: extendsId } : {}) },
      card: cardOf(row),
    });
  }
  const deciders = await holdersOf(ctx.tx, scopeId, ['lead', 'reviewer']);
  ctx.notify({
    people: deciders.filter((person) => person !== requestedBy),
    kind: 'waiver.proposed',
    scope: scopeId,
    record: first!.recordId,
    params: { by: ctx.actor!.name, rule, endsOn, more: proposed.length - 1 },
    occasion: proposalOccasion(first!.id),
  });
}

function refusalOfAll(findings: readonly Finding[]): Forbidden | Refused {
  const [first] = findings;
  if (findings.every(({ rule }) => rule === 'O01')) return new Forbidden(first!);
  return new Refused([...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]);
}
