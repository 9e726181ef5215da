import type { Person, ScopePerson } from '#shared/contract/person.ts';

type Member = Omit<ScopePerson, 'duties' | 'absences'>;

/**
 * Everybody of the organisation with their duties in one scope: those of the scope first, each by name. Whoever is in
 * `order`, the ids as they were shown before, keeps that place; who is new comes after.
 */
export function membersByDuty(
  ofScope: readonly ScopePerson[],
  members: readonly Member[],
  order: readonly string[],
): ScopePerson[] {
  const memberIds = new Set(ofScope.map(({ id }) => id));
  const others = members
    .filter(({ id }) => !memberIds.has(id))
    .map((member) => ({ ...member, duties: [], absences: [] }));
  const all = [...[...ofScope].sort(byName), ...others.sort(byName)];
  const place = new Map(order.map((id, index) => [id, index]));
  return all.sort((one, other) => (place.get(one.id) ?? order.length) - (place.get(other.id) ?? order.length));
}

const byName = (one: Person, other: Person) => one.name.localeCompare(other.name, 'en');
