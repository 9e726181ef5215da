import type { Person } from '#shared/contract/person.ts';
import type { Presence } from '#shared/contract/presence.ts';

/** Each person once, however many pages they have open, by name; whoever looks is not among the others. */
export function peopleHere(present: readonly Presence[], self: string): Person[] {
  const others = new Map(present.filter(({ person }) => person.id !== self).map(({ person }) => [person.id, person]));
  return [...others.values()].sort((a, b) => a.name.localeCompare(b.name));
}
