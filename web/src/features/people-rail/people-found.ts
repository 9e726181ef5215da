import type { ScopePerson } from '#shared/contract/person.ts';
import { foldedText } from '#shared/domain/folded-text.ts';
import type { HandVerdict } from './hand-verdict.ts';

export interface Choice {
  /** Null: nobody. */
  person: ScopePerson | null;
  verdict: HandVerdict;
}

/** The people whose name fits what was typed, those who can take it first; nobody comes last. */
export function peopleFound(
  people: readonly ScopePerson[],
  typed: string,
  verdict: (person: ScopePerson | null) => HandVerdict,
  nobody: string,
): Choice[] {
  const wanted = plain(typed);
  const fits = (name: string) =>
    plain(name)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted)) || plain(name).startsWith(wanted);
  const found = people.filter(({ name }) => fits(name)).map((person) => ({ person, verdict: verdict(person) }));
  const may = found.filter((choice) => choice.verdict.may > 0);
  const mayNot = found.filter((choice) => choice.verdict.may === 0);
  const none = fits(nobody) ? [{ person: null, verdict: verdict(null) }] : [];
  return [...may, ...mayNot, ...none];
}

const plain = (text: string) => foldedText(text).trim();
