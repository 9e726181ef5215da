import type { Finding } from '#shared/contract/finding.ts';
import type { ScopePerson } from '#shared/contract/person.ts';
import type { Card } from '#shared/contract/record.ts';
import { stageOf } from '#shared/domain/operating-model.ts';
import { mayBeGiven, mayHandOver, type Actor } from '#shared/domain/ownership.ts';

/** Null where the actor may hand the record's next action to this person; otherwise why not. */
export function canTake(actor: Actor, card: Card, person: Pick<ScopePerson, 'id' | 'duties'>): Finding | null {
  const barred = mayHandOver(actor, card, person.id);
  if (barred) return barred;
  return person.duties.includes('lead') ? null : mayBeGiven(stageOf(card.stage).owner, person);
}
