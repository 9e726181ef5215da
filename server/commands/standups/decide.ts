import { isDeepStrictEqual } from 'node:util';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Card } from '#shared/contract/record.ts';
import type { StandupDecision, StandupOutcome } from '#shared/contract/standup.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { holdersOf } from '#server/db/notifications.ts';
import { cardOf } from '#server/db/records.ts';
import { standupItems } from '#server/db/schema.ts';
import { command, type CommandContext } from '../command.ts';
import { assertAllowed, NotFound, Stale } from '../errors.ts';
import { setNextAction } from '../records/assign-next-action.ts';
import { loadRecordForUpdate, type LoadedRecord } from '../records/load.ts';
import { markPresent, loadStandupForUpdate } from './load.ts';
import { setRelease } from '../records/plan-release.ts';
import { raiseOn } from '../exceptions/raise.ts';

type Decision = z.output<typeof StandupDecision>;

interface Input {
  standup: string;
  position: number;
  from: StandupOutcome | null;
  decision: Decision;
}

/**
 * Stores a decision on a record of the agenda and applies what it changes, in one transaction. Throws Stale if somebody
 * decided meanwhile, Forbidden, and every error of the verb that applies the decision.
 */
export const decideInStandup = command('decide-in-standup', async (ctx, input: Input): Promise<{ standup: string }> => {
  const { standup, scope, actor } = await loadStandupForUpdate(ctx, input.standup, 'share');
  assertAllowed(permissionDenial('leadStandups', actor));
  const condition = and(eq(standupItems.standupId, standup.id), eq(standupItems.position, input.position));
  const [item] = await ctx.tx.select().from(standupItems).where(condition).for('update');
  if (!item) throw new NotFound('agendaRecord');
  if (!isDeepStrictEqual(item.outcome, input.from)) throw new Stale('outcome', item.outcome);

  const record = await loadRecordForUpdate(ctx, item.recordId);
  const { card, ...found } = await carryOut(ctx, record, input.decision, standup.id);
  const outcome: StandupOutcome = { kind: input.decision.kind, by: actor.id, at: ctx.now.toISOString(), ...found };
  await ctx.tx.update(standupItems).set({ outcome }).where(condition);
  if (await markPresent(ctx, standup.id, actor.id)) {
    ctx.record({ trail: scope.id, kind: 'standup.joined', body: { standup: standup.id, person: actor.id } });
  }
  ctx.record({
    trail: scope.id,
    kind: 'standup.decided',
    record: { id: card.id, reference: card.reference },
    body: { standup: standup.id, position: input.position, outcome, note: outcome.note },
    card,
  });
  return { standup: standup.id };
});

type AppliedDecision = Pick<StandupOutcome, 'owner' | 'due' | 'note'> & { card: Card };

async function carryOut(
  ctx: CommandContext,
  record: LoadedRecord,
  decision: Decision,
  standup: string,
): Promise<AppliedDecision> {
  const unchanged = cardOf(record.row);
  switch (decision.kind) {
    case 'nextAction': {
      const { card } = await setNextAction(ctx, record, decision);
      return { card, owner: decision.to, due: decision.due, note: decision.what };
    }
    case 'releaseDate': {
      const { card } = await setRelease(ctx, record, decision);
      return { card, owner: null, due: decision.to, note: null };
    }
    case 'exception': {
      const { owner, until, cause } = decision.exception;
      const { card } = await raiseOn(ctx, record, decision.exception);
      return { card, owner, due: until, note: cause };
    }
    case 'escalated':
      await notifyLeads(ctx, record, decision.note, standup);
      return { card: unchanged, owner: null, due: null, note: decision.note };
    case 'nothing':
      return { card: unchanged, owner: null, due: null, note: decision.note };
  }
}

async function notifyLeads(
  ctx: CommandContext,
  { row, scope, actor }: LoadedRecord,
  note: string,
  standup: string,
): Promise<void> {
  const leads = await holdersOf(ctx.tx, scope.id, ['lead']);
  ctx.notify({
    people: leads.filter((person) => person !== actor.id),
    kind: 'record.escalated',
    scope: scope.id,
    record: row.id,
    params: { by: ctx.actor!.name, note },
    occasion: `record escalated ${row.id} ${standup} ${ctx.now.toISOString()}`,
  });
}
