import { decideWaiver } from '#server/commands/decide-waiver.ts';
import { proposeWaivers } from '#server/commands/propose-waivers.ts';
import { dayAfter, dayOf } from '#shared/domain/day.ts';
import type { Cast } from './cast.ts';
import type { Step } from './step.ts';
import type { Story } from './story.ts';

/** The data owner asks for leave; where the story says so, the lead gives it. */
export function tellWaiver(
  record: string,
  scope: string,
  { endsInDays, approved, ...asked }: NonNullable<Story['waiver']>,
  cast: Cast,
): Step[] {
  let waiver = '';
  const propose: Step = async (services) => {
    const endsOn = dayAfter(dayOf(new Date(), 'UTC'), endsInDays);
    const call = { actor: cast.dataOwner, operation: null };
    const { outcomes } = await proposeWaivers(services, call, { scope, records: [record], ...asked, endsOn });
    waiver = outcomes[0]!.waiver!;
  };
  const approve: Step = (services) =>
    decideWaiver(services, { actor: cast.lead, operation: null }, { waiver, approve: true, note: null });
  return approved ? [propose, approve] : [propose];
}
