import type { Scope } from '#shared/contract/scope.ts';

type Known = Pick<Scope, 'people' | 'former'>;

/** The name of a present or former member of a scope; undefined for anybody else. */
export const nameIn = ({ people, former }: Known, id: string | null): string | undefined =>
  (people.find((person) => person.id === id) ?? former.find((person) => person.id === id))?.name;
