import { isDeepStrictEqual } from 'node:util';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Card } from '#shared/contract/record.ts';
import type { StandupDecision, StandupOutcome } from '#shared/contract/standup.ts';
import { mayAct } from '#shared/domain/ownership.ts';
import { holdersOf } from '#server/db/notifications.ts';
import { cardOf } from '#server/db/records.ts';
import { standupItems } from '#server/db/schema.ts';
import { command, type Act } from './command.ts';
import { allow, NotFound, Stale } from './errors.ts';
import { giveNextAction } from './hand-over.ts';
import { openRecord, type OpenRecord } from './open-record.ts';
import { markPresent, openStandup } from './open-standup.ts';
import { setRelease } from './plan-release.ts';
import { raiseOn } from './raise-exception.ts';

type Decision = z.output<typeof StandupDecision>;

interface Input {
  standup: string;
  position: number;
  from: StandupOutcome | null;
  decision: Decision;
}

/**
 * Decides about a record of the agenda, and changes in the same transaction what the decision changes. Throws Stale where
 * somebody decided meanwhile, Forbidden, and whatever the verb throws that the decision calls for.
 */
export const decideInStandup = command('decide-in-standup', async (act, input: Input): Promise<{ standup: string }> => {
  const { standup, scope, actor } = await openStandup(act, input.standup, 'share');
  allow(mayAct('leadStandups', actor));
  const here = and(eq(standupItems.standupId, standup.id), eq(standupItems.position, input.position));
  const [item] = await act.tx.select().from(standupItems).where(here).for('update');
  if (!item) throw new NotFound('agendaRecord');
  if (!isDeepStrictEqual(item.outcome, input.from)) throw new Stale('outcome', item.outcome);

  const record = await openRecord(act, item.recordId);
  const { card, ...found } = await carryOut(act, record, input.decision, standup.id);
  const outcome: StandupOutcome = { kind: input.decision.kind, by: actor.id, at: act.now.toISOString(), ...found };
  await act.tx.update(standupItems).set({ outcome }).where(here);
  if (await markPresent(act, standup.id, actor.id)) {
    act.record({ trail: scope.id, kind: 'standup.joined', body: { standup: standup.id, person: actor.id } });
  }
  act.record({
    trail: scope.id,
    kind: 'standup.decided',
    record: { id: card.id, reference: card.reference },
    body: { standup: standup.id, position: input.position, outcome, note: outcome.note },
    card,
  });
  return { standup: standup.id };
});

type CarriedOut = Pick<StandupOutcome, 'owner' | 'due' | 'note'> & { card: Card };

async function carryOut(act: Act, record: OpenRecord, decision: Decision, standup: string): Promise<CarriedOut> {
  const unchanged = cardOf(record.row);
  switch (decision.kind) {
    case 'nextAction': {
      const { card } = await giveNextAction(act, record, decision);
      return { card, owner: decision.to, due: decision.due, note: decision.what };
    }
    case 'releaseDate': {
      const { card } = await setRelease(act, record, decision);
      return { card, owner: null, due: decision.to, note: null };
    }
    case 'exception': {
      const { owner, until, cause } = decision.exception;
      const { card } = await raiseOn(act, record, decision.exception);
      return { card, owner, due: until, note: cause };
    }
    case 'escalated':
      await tellLeads(act, record, decision.note, standup);
      return { card: unchanged, owner: null, due: null, note: decision.note };
    case 'nothing':
      return { card: unchanged, owner: null, due: null, note: decision.note };
  }
}

async function tellLeads(act: Act, { row, scope, actor }: OpenRecord, note: string, standup: string): Promise<void> {
  const leads = await holdersOf(act.tx, scope.id, ['lead']);
  act.notify({
    people: leads.filter((person) => person !== actor.id),
    kind: 'record.escalated',
    scope: scope.id,
    record: row.id,
    params: { by: act.actor!.name, note },
    occasion: `record escalated ${row.id} ${standup} ${act.now.toISOString()}`,
  });
}
