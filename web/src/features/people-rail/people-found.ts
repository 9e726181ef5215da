import type { ScopePerson } from '#shared/contract/person.ts';
import { foldedText } from '#shared/domain/folded-text.ts';
import type { AssignmentVerdict } from './assignment-verdict.ts';

export interface PersonChoice {
  /** Null: nobody. */
  person: ScopePerson | null;
  verdict: AssignmentVerdict;
}

/** The people whose name matches the query, those who can take it first; the option "nobody" comes last. */
export function peopleFound(
  people: readonly ScopePerson[],
  typed: string,
  verdict: (person: ScopePerson | null) => AssignmentVerdict,
  nobody: string,
): PersonChoice[] {
  const wanted = plain(typed);
  const fits = (name: string) =>
    plain(name)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)) || plain(name).startsWith(wanted);
  const matches = people.filter(({ name }) => fits(name)).map((person) => ({ person, verdict: verdict(person) }));
  const may = matches.filter((choice) => choice.verdict.eligible > 0);
  const cannot = matches.filter((choice) => choice.verdict.eligible === 0);
  const none = fits(nobody) ? [{ person: null, verdict: verdict(null) }] : [];
  return [...may, ...cannot, ...none];
}

const plain = (text: string) => foldedText(text).trim();
