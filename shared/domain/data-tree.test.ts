import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { completeM1 } from '#test/support/vehicles.ts';
import { entries } from './catalogue/catalogue.ts';
import ivi from './catalogue/ivi-schema.json' with { type: 'json' };
import { isRow, nodesAt, setAt, textAt, textsAt } from './data-tree.ts';

const axle = 'CocDataGroup/AxleTable/AxleGroup';

/** Paths as the record page, mappings and rules write them: with rows by number, by key, or without either. */
const addresses = entries
  .filter(({ format }) => format.kind !== 'group')
  .flatMap(({ path }) => [
    path,
    path.replaceAll(/(\w+Table\/\w+)\//g, '$1/0/'),
    path.replace(/(\w+Table\/\w+)\//, '$1/1/'),
  ]);

const address = fc.constantFrom(...addresses);
const text = fc.string({ minLength: 1, maxLength: 8 });

/** A vehicle with some elements set and others removed. */
const vehicle = fc
  .array(fc.tuple(address, fc.option(text, { freq: 3 })), { maxLength: 12 })
  .map((edits) => edits.reduce((tree, [path, value]) => setAt(tree, path, value), completeM1()));

test('in the message schema rows occur in tables only', () => {
  const astray = Object.entries(ivi.complex).flatMap(([type, rows]) =>
    rows.filter(([, , , most]) => (most !== 1) !== isRow(type)).map(([name]) => `${type}/${name}`),
  );
  expect(astray).toEqual([]);
});

test('reads back a value that was set', () => {
  fc.assert(
    fc.property(vehicle, address, text, (tree, path, value) => {
      const changed = setAt(setAt(tree, path.replace('/1/', '/0/'), value), path, value);
      expect(textAt(changed, path)).toBe(value);
    }),
  );
});

test('does not modify its input', () => {
  fc.assert(
    fc.property(vehicle, address, fc.option(text), (tree, path, value) => {
      const before = structuredClone(tree);
      setAt(tree, path, value);
      expect(tree).toEqual(before);
    }),
  );
});

test('setting the present value changes nothing', () => {
  fc.assert(
    fc.property(vehicle, address, (tree, path) => {
      const present = textAt(tree, path);
      const firstRow = path.replaceAll(/(\w+Table\/\w+)\/(?!\d)/g, '$1/0/');
      fc.pre(present !== undefined && textAt(tree, firstRow) === present);
      expect(setAt(tree, path, present!)).toEqual(tree);
    }),
  );
});

test('setting and removing a value restores the tree', () => {
  fc.assert(
    fc.property(vehicle, address, text, (tree, path, value) => {
      const counted = path.replaceAll(/(\w+Table\/\w+)\/(?!\d)/g, '$1/0/').replace('/1/', '/0/');
      fc.pre(nodesAt(tree, counted).length === 0);
      expect(setAt(setAt(tree, counted, value), counted, null)).toEqual(tree);
    }),
  );
});

test('setting one value leaves all others unchanged', () => {
  fc.assert(
    fc.property(vehicle, address, text, (tree, path, value) => {
      const before = leavesOf(tree);
      const after = leavesOf(setAt(tree, path, value));
      const keys = (path.match(/\[/g) ?? []).length;
      expect(after.filter((leaf) => !before.includes(leaf)).length).toBeLessThanOrEqual(1 + keys);
      expect(before.filter((leaf) => !after.includes(leaf)).length).toBeLessThanOrEqual(1);
    }),
  );
});

test('leaves no empty group or table behind', () => {
  fc.assert(
    fc.property(vehicle, (tree) => {
      expect(hollow(tree)).toEqual([]);
    }),
  );
});

test('creates rows where the message has rows', () => {
  expect(setAt({}, `${axle}/AxleTrack`, '1500')).toEqual({
    CocDataGroup: { AxleTable: { AxleGroup: [{ AxleTrack: '1500' }] } },
  });
  expect(setAt({}, `${axle}/0/AxleTrack`, '1500')).toEqual(setAt({}, `${axle}/AxleTrack`, '1500'));
});

test('appends a row whose number is past the last one', () => {
  const two = setAt(setAt({}, `${axle}/0/AxleTrack`, '1500'), `${axle}/7/AxleTrack`, '1510');
  expect(textsAt(two, `${axle}/AxleTrack`)).toEqual(['1500', '1510']);
});

test('removing a row moves the following rows up', () => {
  const three = ['1', '2', '3'].reduce((tree, track, at) => setAt(tree, `${axle}/${at}/AxleTrack`, track), {});
  expect(textsAt(setAt(three, `${axle}/1`, null), `${axle}/AxleTrack`)).toEqual(['1', '3']);
});

test('finds a row by its key, creates it with the key, and removes it with its last value', () => {
  const family = 'CocDataGroup/FamilyTable/FamilyGroup[Kind=IP]/Value';
  const made = setAt({}, family, 'IP-1');
  expect(made).toEqual({ CocDataGroup: { FamilyTable: { FamilyGroup: [{ Kind: 'IP', Value: 'IP-1' }] } } });
  const other = setAt(made, 'CocDataGroup/FamilyTable/FamilyGroup[Kind=RL]/Value', 'RL-1');
  expect(textsAt(other, 'CocDataGroup/FamilyTable/FamilyGroup/Value')).toEqual(['IP-1', 'RL-1']);
  expect(setAt(other, 'CocDataGroup/FamilyTable/FamilyGroup[Kind=RL]/Value', null)).toEqual(made);
  expect(setAt(made, family, null)).toEqual({});
});

test('removing a missing value changes nothing', () => {
  const tree = completeM1();
  expect(setAt(tree, 'CocDataGroup/Type/Deeper', null)).toBe(tree);
  expect(setAt(tree, `${axle}/9/AxleTrack`, null)).toBe(tree);
});

test('treats names of JavaScript properties as ordinary elements', () => {
  expect(textsAt({}, 'constructor/name')).toEqual([]);
  const tree = setAt({}, '__proto__/polluted', 'x');
  expect(Object.getPrototypeOf(tree)).toBe(Object.prototype);
  expect(textAt({}, '__proto__/polluted')).toBeUndefined();
});

function leavesOf(node: DataNode, path = ''): string[] {
  if (typeof node === 'string') return [`${path}=${node}`];
  return Object.entries(node).flatMap(([name, child]) => leavesOf(child, `${path}/${name}`));
}

/** Paths of empty groups and tables. */
function hollow(node: DataTree | DataTree[], path = ''): string[] {
  const children = Object.entries(node);
  if (children.length === 0) return [path];
  return children.flatMap(([name, child]) => (typeof child === 'string' ? [] : hollow(child, `${path}/${name}`)));
}
