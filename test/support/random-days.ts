import type { Card } from '#shared/contract/record.ts';
import { isForward, nextStage, stageKeys } from '#shared/domain/operating-model.ts';
import type { Approval } from '#shared/contract/approval.ts';
import { changeApproval } from '#server/commands/approvals/change.ts';
import { ProblemError } from '#lib/api.ts';
import { changeOf, vehicleUnder } from './approvals.ts';
import { by } from './seed-organisation.ts';
import type { TestContext } from './context.ts';
import { advance, move, newRecord, tickAll, untick } from './records.ts';
import { settled } from './writes.ts';

/** One random action of a random person on the cards of a board; refused ones change nothing. */
export async function actAtRandom(
  ctx: TestContext,
  random: (below: number) => number,
  cards: readonly Card[],
  approval: Approval,
) {
  const { users, server } = ctx;
  const { lead, dataOwner, reviewer } = users;
  const card = cards[random(cards.length)]!;
  const one = { params: { record: card.id } };
  const detail = () => lead.call('get /api/records/{record}', one);
  const acts = [
    () => newRecord(users, vehicleUnder(approval), dataOwner),
    () => advance(ctx, card),
    () => advance(ctx, card),
    () => move(lead, card, card.stage, { after: cards[random(cards.length)]!.id }),
    () => {
      const to = stageKeys[random(stageKeys.length)]!;
      return move(lead, card, to, isForward(card.stage, to) ? {} : { reason: 'Look again' });
    },
    () =>
      lead.call('post /api/records/{record}/exceptions', {
        ...one,
        body: { kind: 'missingData', cause: `Cause ${random(9)}`, waitingFor: null, owner: null, until: null },
      }),
    async () => {
      const open = (await detail()).exceptions.find(({ closed }) => !closed);
      if (open)
        await lead.call('post /api/records/{record}/exceptions/{exception}/close', {
          params: { record: card.id, exception: open.id },
          body: { resolution: 'It came' },
        });
    },
    () =>
      lead.call('post /api/records/{record}/next-action', {
        ...one,
        body: { from: card.nextAction.owner, to: [lead.id, null][random(2)]!, what: `Do ${random(9)}`, due: null },
      }),
    () =>
      lead.call('post /api/records/{record}/duties', {
        ...one,
        body: { duty: 'reviewer', from: card.duties.reviewer, to: [reviewer.id, null][random(2)]! },
      }),
    async () => {
      const path = 'CocDataGroup/MassGroup/ActualMass';
      const { data } = await detail();
      const group = data['CocDataGroup'] as { MassGroup?: { ActualMass?: string } } | undefined;
      const from = group?.MassGroup?.ActualMass ?? null;
      const to = [from, String(1500 + random(50))][random(2)]!;
      await dataOwner.call('post /api/records/{record}/edits', { ...one, body: { edits: [{ path, from, to }] } });
    },
    () => tickAll(ctx, card.id, card.stage),
    () => untick(ctx, card.id, nextStage(card.stage) ?? card.stage),
    // A change of the register rejudges the referencing records, and their cards change without anybody touching them.
    async () => {
      const present = await lead.call('get /api/approvals/{approval}', { params: { approval: approval.id } });
      const { params, body } = changeOf(present, { expiresOn: [null, '2020-01-01'][random(2)]! });
      await changeApproval(server.services, by(users.lead), { ...params, ...body });
      await settled(server.db);
    },
  ];
  await Promise.resolve(acts[random(acts.length)]!()).catch((error: unknown) => {
    if (!(error instanceof ProblemError)) throw error;
  });
}
