import type { Card } from '#shared/contract/record.ts';
import type { Act } from './command.ts';

/** Tells a person that a next action became theirs, where somebody else made it so. `owner`: who owned it before. */
export function tellOfAction(act: Act, scope: string, owner: string | null, card: Card): void {
  const { owner: person, what } = card.nextAction;
  if (!act.actor || person === null || person === owner || person === act.actor.id) return;
  act.notify({
    people: [person],
    kind: 'action.given',
    scope,
    record: card.id,
    params: { by: act.actor.name, ...(what ? { what } : {}) },
    occasion: `action given ${card.id} ${card.version}`,
  });
}
