import { expect, test } from 'vitest';
import { commandGroups, peopleGroup } from './choices.ts';

const run = () => undefined;

test('commands appear under their headings; plain key bindings do not', () => {
  const groups = commandGroups(
    [
      { group: 'Board', title: 'New record', run },
      { group: 'Go to', title: 'Rules', run },
      { group: 'Board', title: 'Lift the card', keys: ['Space'] },
      { group: 'Board', title: 'Compact cards', run },
    ],
    '',
  );
  expect(groups.map(({ title, choices }) => [title, choices.map((choice) => choice.title)])).toEqual([
    ['Board', ['New record', 'Compact cards']],
    ['Go to', ['Rules']],
  ]);
});

test('people are found by part of their name, and only once something is typed', () => {
  const people = [
    { id: 'a', name: 'Ingrid Dahl' },
    { id: 'b', name: 'Mateo Ruiz' },
  ];
  const names = (typed: string) => peopleGroup(people, typed, run).choices.map(({ title }) => title);
  expect(names('dahl')).toEqual(['Ingrid Dahl']);
  expect(names(' ')).toEqual([]);
});
