import type { Person } from '#shared/contract/person.ts';
import type { Presence } from '#shared/contract/presence.ts';

/** The other people who are present, each once regardless of their open pages, by name; without this person. */
export function peopleHere(present: readonly Presence[], self: string): Person[] {
  const others = new Map(present.filter(({ person }) => person.id !== self).map(({ person }) => [person.id, person]));
  return [...others.values()].sort((a, b) => a.name.localeCompare(b.name));
}
