import type { Scope } from '#shared/contract/scope.ts';

type Known = Pick<Scope, 'people' | 'former'>;

/** The name of somebody who has or had a duty in a scope; undefined: never here. */
export const nameIn = ({ people, former }: Known, id: string | null): string | undefined =>
  (people.find((person) => person.id === id) ?? former.find((person) => person.id === id))?.name;
