import type { Card } from '#shared/contract/record.ts';
import type { CommandContext } from '../command.ts';

/** Notifies a person to whom somebody else assigned a next action. `owner`: the previous owner. */
export function notifyNextActionAssigned(ctx: CommandContext, scope: string, owner: string | null, card: Card): void {
  const { owner: person, what } = card.nextAction;
  if (!ctx.actor || person === null || person === owner || person === ctx.actor.id) return;
  ctx.notify({
    people: [person],
    kind: 'action.given',
    scope,
    record: card.id,
    params: { by: ctx.actor.name, ...(what ? { what } : {}) },
    occasion: `action given ${card.id} ${card.version}`,
  });
}
