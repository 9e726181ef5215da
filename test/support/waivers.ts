import type { Card } from '#shared/contract/record.ts';
import { dayAfter } from '#shared/domain/day.ts';
import type { Client } from './client.ts';
import type { TestContext } from './context.ts';
import { staffedRecord, vehicle } from './records.ts';

export const massPath = 'CocDataGroup/MassGroup/ActualMass';

/** A staffed record in intake whose gate before review is closed by R50: a mass is missing. */
export const withoutMass = ({ users }: Pick<TestContext, 'users'>): Promise<Card> =>
  staffedRecord(users, vehicle({ [massPath]: null }));

export const inDays = ({ server }: Pick<TestContext, 'server'>, days: number): string =>
  dayAfter(server.services.now().toISOString().slice(0, 10), days);

/** The body that requests a waiver of R50. */
export const asking = (
  ctx: TestContext,
  records: readonly string[],
  more: Partial<{ rule: string; endsOn: string }> = {},
) => ({
  params: { scope: ctx.users.scope },
  body: {
    records: [...records],
    rule: 'R50',
    reason: 'The scales of hall 2 are being calibrated',
    measure: 'Weighed by the neighbouring plant',
    endsOn: inDays(ctx, 30),
    ...more,
  },
});

/** The id of a waiver that somebody requested. */
export async function proposed(
  ctx: TestContext,
  record: string,
  by: Client = ctx.users.dataOwner,
  more: Parameters<typeof asking>[2] = {},
): Promise<string> {
  const { outcomes } = await by.call('post /api/scopes/{scope}/waivers', asking(ctx, [record], more));
  return outcomes[0]!.waiver!;
}

export const decide = (by: Client, waiver: string, approve = true) =>
  by.call('post /api/waivers/{waiver}/decision', { params: { waiver }, body: { approve, note: null } });

/** A record whose missing mass is waived, and that waiver. */
export async function waived(ctx: TestContext, more: Parameters<typeof asking>[2] = {}) {
  const record = await withoutMass(ctx);
  const waiver = await proposed(ctx, record.id, ctx.users.dataOwner, more);
  const { card } = await decide(ctx.users.lead, waiver);
  return { card, waiver };
}

export const gateOf = ({ gates }: Card, stage = 'review') => gates.find((gate) => gate.stage === stage)!;
