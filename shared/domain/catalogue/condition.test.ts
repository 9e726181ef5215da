import { expect, test } from 'vitest';
import type { DataTree } from '#shared/contract/record.ts';
import conditions from './conditions.json' with { type: 'json' };
import { entries } from './catalogue.ts';
import { isMet, type Condition } from './condition.ts';
import { isElementPath } from './value-path.ts';

const named = Object.entries(conditions) as unknown as [string, Condition][];
const vehicle = (group: DataTree): DataTree => ({ CocDataGroup: group });
const ask = (condition: Condition, group: DataTree) => isMet(condition, vehicle(group), 'M1');
const convertors = (...kinds: [principle: string | null, source: string][]): DataTree => ({
  EnergyConvertorTable: {
    EnergyConvertorGroup: kinds.map(([principle, source]) => ({
      ...(principle ? { WorkingPrinciple: principle } : {}),
      EnergySourceTable: { EnergySourceGroup: [{ EnergySource: source }] },
    })),
  },
});

/** All conditions nested in one, including itself. */
function within(condition: Condition): Condition[] {
  if (typeof condition === 'string') return [condition];
  if ('all' in condition) return [condition, ...condition.all.flatMap(within)];
  if ('any' in condition) return [condition, ...condition.any.flatMap(within)];
  return 'not' in condition ? [condition, ...within(condition.not)] : [condition];
}

test('conditions reference existing conditions and message elements', () => {
  const parts = named.flatMap(([, condition]) => within(condition));
  const names = parts.filter((part) => typeof part === 'string');
  const paths = parts.flatMap((part) =>
    typeof part === 'string' ? [] : 'element' in part ? [part.element] : 'present' in part ? [part.present] : [],
  );
  expect(names.filter((name) => !Object.hasOwn(conditions, name))).toEqual([]);
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !isElementPath(path))).toEqual([]);
});

test('every condition belongs to an entry, and every entry references an existing condition', () => {
  const used = new Set([
    ...entries.flatMap(({ when, whenByCategory, unless }) => [when, unless, ...Object.values(whenByCategory ?? {})]),
    ...named.flatMap(([, condition]) => within(condition).filter((part) => typeof part === 'string')),
  ]);
  used.delete(undefined);
  expect([...used].sort()).toEqual(Object.keys(conditions).sort());
});

test('a condition belongs to a conditional entry and matches its description', () => {
  const astray = entries.filter(
    ({ when, convertors: kinds, condition, requirement, requirementByCategory = {} }) =>
      (when || kinds) &&
      (condition === undefined || ![requirement, ...Object.values(requirementByCategory)].includes('conditional')),
  );
  expect(astray.map(({ key }) => key)).toEqual([]);
});

const element = 'CocDataGroup/TypeApprovalType';
test.each<[string, Condition, DataTree, boolean | null]>([
  ['a value of the list', { element, is: ['ESS', 'NSS'] }, { TypeApprovalType: 'NSS' }, true],
  ['a value of another', { element, is: ['ESS', 'NSS'] }, { TypeApprovalType: 'EU' }, false],
  ['no value at all', { element, is: ['ESS', 'NSS'] }, {}, null],
  ['a beginning', { element, begins: 'N' }, { TypeApprovalType: 'NSS' }, true],
  ['a number that is large enough', { element, atLeast: 2 }, { TypeApprovalType: '2' }, true],
  ['one that is not', { element, atLeast: 2 }, { TypeApprovalType: '1' }, false],
  ['one written otherwise', { element, atLeast: 2 }, { TypeApprovalType: '2,0' }, null],
  ['an element that is there', { present: element }, { TypeApprovalType: 'EU' }, true],
  ['one that is empty', { present: element }, { TypeApprovalType: '' }, false],
  ['the category', { category: ['M1', 'N1'] }, {}, true],
  ['another category', { category: ['N1'] }, {}, false],
  ['what no data tell', { unknown: 'a wish' }, {}, null],
  ['all, one open', { all: [{ category: ['M1'] }, { unknown: '' }] }, {}, null],
  ['all, one open and one wrong', { all: [{ unknown: '' }, { category: ['N1'] }] }, {}, false],
  ['any, one open', { any: [{ category: ['N1'] }, { unknown: '' }] }, {}, null],
  ['any, one open and one right', { any: [{ unknown: '' }, { category: ['M1'] }] }, {}, true],
  ['the opposite', { not: { category: ['M1'] } }, {}, false],
  ['the opposite of what is open', { not: { unknown: '' } }, {}, null],
  ['a kind of engine', { convertor: 'combustion' }, convertors(['INTPI', '10'], ['ELECT', '95']), true],
  ['a kind that is not there', { convertor: 'fuelCell' }, convertors(['INTPI', '10']), false],
  ['a kind, with an engine of no known kind', { convertor: 'electric' }, convertors(['INTPI', '95']), null],
  ['a kind, without any engine', { convertor: 'electric' }, {}, null],
])('%s', (_, condition, group, expected) => expect(ask(condition, group)).toBe(expected));
