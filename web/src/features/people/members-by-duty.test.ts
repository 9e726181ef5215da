import { describe, expect, it } from 'vitest';
import { membersByDuty } from './members-by-duty.ts';

const member = (name: string) => ({ id: name, name, email: `${name}@works.example`, admin: false, linkFrom: null });
const led = (name: string) => ({ ...member(name), duties: ['lead' as const], absences: [] });
const names = (people: { name: string }[]) => people.map(({ name }) => name);

describe('the people of a scope', () => {
  it('come before the members without a duty in it, each group sorted by name', () => {
    const people = membersByDuty([led('Wiebke'), led('Enno')], ['Arne', 'Wiebke', 'Enno', 'Dörte'].map(member), []);
    expect(names(people)).toEqual(['Enno', 'Wiebke', 'Arne', 'Dörte']);
    expect(people.at(-1)?.duties).toEqual([]);
  });

  it('keep their place when they gain or lose a duty', () => {
    const people = membersByDuty([led('Dörte')], ['Dörte', 'Enno'].map(member), ['Enno', 'Dörte']);
    expect(names(people)).toEqual(['Enno', 'Dörte']);
  });

  it('are appended when they joined meanwhile', () => {
    const people = membersByDuty([led('Arne'), led('Enno')], [], ['Enno']);
    expect(names(people)).toEqual(['Enno', 'Arne']);
  });
});
