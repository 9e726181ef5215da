import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import { assignmentDenials, type Taker } from '#shared/domain/assignment.ts';
import { handOverDenial, type Actor } from '#shared/domain/ownership.ts';
import { usualDue } from './due-choices.ts';

/** Whether a person can take some cards, before they are assigned. The server decides again. */
export interface AssignmentVerdict {
  /** Number of these cards they may take. */
  readonly eligible: number;
  readonly of: number;
  /** All findings against the first card that they may not take. */
  readonly against: readonly Finding[];
  /** They own all of the cards already. */
  readonly owned: boolean;
}

/** `person` null: nobody, so only the actor's permission is checked. `due` left out: the default due day. */
export function assignmentVerdict(
  cards: readonly Card[],
  actor: Actor,
  person: Taker | null,
  today: string,
  due?: string | null,
): AssignmentVerdict {
  const findings = cards.map((card) => findingsOf(card, actor, person, today, due));
  const against = findings.filter((group) => group.length > 0);
  return {
    eligible: cards.length - against.length,
    of: cards.length,
    against: against[0] ?? [],
    owned: cards.every(({ nextAction }) => nextAction.owner === (person?.id ?? null)),
  };
}

export const firstDenial = ({ against }: AssignmentVerdict): Finding | null => against[0] ?? null;

function findingsOf(card: Card, actor: Actor, person: Taker | null, today: string, due: string | null | undefined) {
  const barred = handOverDenial(actor, card, person?.id ?? null);
  const prospective = { ...card, nextAction: { due: due === undefined ? usualDue(card.nextAction.due, today) : due } };
  const takes =
    person === null || card.nextAction.owner === person.id ? [] : assignmentDenials(prospective, person, today);
  return [...(barred ? [barred] : []), ...takes];
}
