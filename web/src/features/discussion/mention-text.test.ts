import { expect, test } from 'vitest';
import { mentionsIn } from '#shared/domain/comment-text.ts';
import { labelsOf, mentionBeing, partsOf, peopleMeant, withNames, withTokens } from './mention-text.ts';

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const ana = { id: id(1), name: 'Ana', email: 'ana@a.example' };
const anaMaria = { id: id(2), name: 'Ana Maria Björk', email: 'am@a.example' };
const [bo, otherBo] = [
  { id: id(3), name: 'Bo Lind', email: 'bo@a.example' },
  { id: id(4), name: 'Bo Lind', email: 'bo2@a.example' },
];
const people = [ana, anaMaria, bo, otherBo];

test.each([
  ['@Ana Maria Björk, see this', `@[${id(2)}], see this`],
  ['@Ana and @Ana Maria', `@[${id(1)}] and @[${id(1)}] Maria`],
  ['(@Ana)', `(@[${id(1)}])`],
  ['write to x@Ana', 'write to x@Ana'],
  ['@Anabel', '@Anabel'],
  ['@Bo Lind (bo2@a.example)!', `@[${id(4)}]!`],
  ['@Nobody', '@Nobody'],
])('%j is stored with ids, and displayed as typed', (typed, stored) => {
  expect(withTokens(typed, people)).toBe(stored);
  expect(withNames(stored, people)).toBe(typed);
});

test('the server parses what the composer stores', () => {
  expect(mentionsIn(withTokens('@Ana, ask @Ana Maria Björk', people))).toEqual([id(1), id(2)]);
});

test('a mention of a former member stays as stored while a comment is edited', () => {
  const stored = `Ask @[${id(9)}]`;
  expect(withTokens(withNames(stored, people), people)).toBe(stored);
});

test('two people with one name are distinguished', () => {
  expect([...labelsOf(people).values()].slice(2)).toEqual(['Bo Lind (bo@a.example)', 'Bo Lind (bo2@a.example)']);
});

test('a comment is parsed into text, people and records of its scope', () => {
  expect(partsOf(`@[${id(1)}] see PT-1042, not ZZ-7 or PT-1042-B.`, 'PT')).toEqual(
    [
      { kind: 'text', text: '' },
      { kind: 'person', id: id(1) },
      { kind: 'text', text: ' see ' },
      { kind: 'record', reference: 'PT-1042' },
      { kind: 'text', text: ', not ZZ-7 or PT-1042-B.' },
    ].filter((part) => part.text !== ''),
  );
});

test.each([
  ['Ask @an', 7, { start: 4, query: 'an' }],
  ['@', 1, { start: 0, query: '' }],
  ['@Ana Mar', 8, { start: 0, query: 'Ana Mar' }],
  ['a@b', 3, null],
  ['@ now', 5, null],
  ['@Ana\nnext', 9, null],
  ['none', 4, null],
])('in %j at %i the name being typed is: %j', (typed, caret, being) => {
  expect(mentionBeing(typed, caret)).toEqual(being);
});

test('part of a name finds its person, after names that begin with it', () => {
  expect(peopleMeant([anaMaria, { id: id(5), name: 'Maria Öst' }], 'mar').map(({ name }) => name)).toEqual([
    'Maria Öst',
    'Ana Maria Björk',
  ]);
});
