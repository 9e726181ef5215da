import type { Finding } from '#shared/contract/finding.ts';
import type { ScopePerson } from '#shared/contract/person.ts';
import type { Card } from '#shared/contract/record.ts';
import { assignmentDenials } from '#shared/domain/assignment.ts';
import { handOverDenial, type Actor } from '#shared/domain/ownership.ts';

type Taker = Pick<ScopePerson, 'id' | 'duties' | 'absences'>;

/** Null where the actor may assign the record's next action to this person; otherwise the first denial. */
export function canTake(actor: Actor, card: Card, person: Taker, today: string): Finding | null {
  return handOverDenial(actor, card, person.id) ?? assignmentDenials(card, person, today)[0] ?? null;
}
