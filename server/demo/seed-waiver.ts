import { decideWaiver } from '#server/commands/waivers/decide.ts';
import { proposeWaivers } from '#server/commands/waivers/propose.ts';
import { dayAfter, dayOf } from '#shared/domain/day.ts';
import type { Cast } from './users.ts';
import type { DemoStep } from './step.ts';
import type { Story } from './story.ts';

/** The data owner requests a waiver; if the story includes an approval, the lead approves it. */
export function seedWaiver(
  record: string,
  scope: string,
  { endsInDays, approved, ...requested }: NonNullable<Story['waiver']>,
  cast: Cast,
): DemoStep[] {
  let waiver = '';
  const propose: DemoStep = async (services) => {
    const endsOn = dayAfter(dayOf(new Date(), 'UTC'), endsInDays);
    const call = { actor: cast.dataOwner, operation: null };
    const { outcomes } = await proposeWaivers(services, call, { scope, records: [record], ...requested, endsOn });
    waiver = outcomes[0]!.waiver!;
  };
  const approve: DemoStep = (services) =>
    decideWaiver(services, { actor: cast.lead, operation: null }, { waiver, approve: true, note: null });
  return approved ? [propose, approve] : [propose];
}
