import type { Person, ScopePerson } from '#shared/contract/person.ts';

type Member = Omit<ScopePerson, 'duties' | 'absences'>;

/**
 * Everybody in the organisation with their duties in one scope: members of the scope first, each group by name. People
 * in `order`, the ids in the order shown before, keep their places; new people follow.
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
