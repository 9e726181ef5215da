import { expect, test } from 'vitest';
import { baseCategory, codesOf, entries, entriesFor, entryOf, requirementOf } from './catalogue.ts';
import { entryTitle } from '#shared/text/names.ts';
import type { Format, VehicleCategory } from './entry.ts';
import schema from './ivi-schema.json' with { type: 'json' };
import { childrenOf, iviRoot } from './ivi-schema.ts';

interface SimpleType {
  base: string;
  maxLength?: number;
  minInclusive?: number;
  maxInclusive?: number;
  fractionDigits?: number;
  enum?: string[];
}

const elements = entries.flatMap((entry) =>
  [entry, ...(entry.alternatives ?? []), ...(entry.parts ?? [])]
    .filter(({ format }) => format.kind !== 'group')
    .map(({ path, format }) => ({ key: entry.key, path, format })),
);

/** The simple type that the schema has at an address. */
function simpleAt(path: string): SimpleType {
  const type = path
    .replaceAll(/\[[^\]]*\]/g, '')
    .split('/')
    .reduce((parent, name) => childrenOf(parent)!.get(name)!.type, iviRoot);
  return (schema.simple as unknown as Record<string, SimpleType>)[type]!;
}

test('every key belongs to one entry', () => {
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
});

test('no entry accepts a value that the message schema refuses', () => {
  const wider = elements.filter(({ path, format }) => !isWithin(format, simpleAt(path)));
  expect(wider.map(({ path }) => path)).toEqual([]);
});

function isWithin(format: Format, { base, maxLength, minInclusive, maxInclusive, ...type }: SimpleType): boolean {
  switch (format.kind) {
    case 'text':
      return base === 'string' && !type.enum && format.max <= (maxLength ?? 36);
    case 'code':
      return Object.keys(codesOf(format.list)).every((code) => type.enum!.includes(code));
    case 'integer':
      return ['short', 'int'].includes(base) && format.min >= minInclusive! && format.max <= maxInclusive!;
    case 'decimal':
      return (
        base === 'decimal' &&
        format.min >= minInclusive! &&
        format.max <= maxInclusive! &&
        format.decimals <= type.fractionDigits!
      );
    default:
      return base.toLowerCase() === format.kind;
  }
}

test('a closed list is the whole list of the schema, except for categories other than M, N and O', () => {
  const short = elements.flatMap(({ path, format }) =>
    format.kind === 'code' ? simpleAt(path).enum!.filter((code) => !Object.hasOwn(codesOf(format.list), code)) : [],
  );
  expect(short.filter((code) => !/^[LTCRS]\d/.test(code))).toEqual([]);
});

test('every element that the schema also has as a minimum and a maximum is treated as such (fault F2)', () => {
  const parents = (path: string) =>
    path
      .replaceAll(/\[[^\]]*\]/g, '')
      .split('/')
      .slice(0, -1)
      .reduce((parent, name) => childrenOf(parent)!.get(name)!.type, iviRoot);
  const single = entries.flatMap(({ key, path, range, format }) => {
    if (format.kind === 'group') return [];
    const siblings = childrenOf(parents(path))!;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const ends = ['', 'Adjustable', 'Variable'].find((kind) => siblings.has(`${name}${kind}Min`));
    const wanted = ends === undefined ? undefined : { min: `${path}${ends}Min`, max: `${path}${ends}Max` };
    return JSON.stringify(range) === JSON.stringify(wanted) ? [] : [key];
  });
  expect(single).toEqual([]);
  expect(entries.filter(({ range }) => range)).toHaveLength(24);
});

test('every number of the schema is accepted', () => {
  const narrower = elements.filter(({ path, format }) => {
    const { minInclusive, maxInclusive } = simpleAt(path);
    return (
      (format.kind === 'integer' || format.kind === 'decimal') &&
      (format.min > minInclusive! || format.max < maxInclusive!)
    );
  });
  expect(narrower.map(({ path }) => path)).toEqual([]);
});

test('entries required of every row are addressed without selecting rows', () => {
  expect(entries.filter(({ each, path }) => each && path.includes('[')).map(({ key }) => key)).toEqual([]);
});

test('off-road and special purpose vehicles share the entries of their category', () => {
  expect(baseCategory('M1')).toBe('M1');
  expect(baseCategory('N2GS')).toBe('N2');
  expect(['', 'm1', 'M4', 'M1 ', 'L3e-A1', 'constructor'].map(baseCategory)).toEqual(Array(6).fill(null));
});

test('a category has its own entries, in certificate order', () => {
  const keys = (category: VehicleCategory) => entriesFor(category).map(({ key }) => key);
  expect(keys('M1')).toContain('colour');
  expect(keys('N2')).not.toContain('colour');
  const order = keys('M1').map((key) => entries.findIndex((entry) => entry.key === key));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test('an entry may be mandatory for one category and not for another', () => {
  const emission = entryOf('emissionLevel')!;
  expect(requirementOf(emission, 'M1')).toBe('mandatory');
  expect(requirementOf(emission, 'N2')).toBe('conditional');
});

test('an entry label includes its number where the certificate has one', () => {
  expect(entryTitle(entryOf('actualMass')!)).toMatch(/^13\.2 Actual mass/);
  expect(entryTitle(entryOf('stageOfCompletion')!)).toBe('Stage of completion');
});
