import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { completeM1 } from '#test/support/vehicles.ts';
import { entries } from './catalogue/catalogue.ts';
import ivi from './catalogue/ivi-schema.json' with { type: 'json' };
import { isRow, nodesAt, setAt, textAt, textsAt } from './data-tree.ts';

const axle = 'CocDataGroup/AxleTable/AxleGroup';

/** Addresses as the record page, mappings and rules write them: with rows by number, by key, or without either. */
const addresses = entries
  .filter(({ format }) => format.kind !== 'group')
  .flatMap(({ path }) => [
    path,
    path.replaceAll(/(\w+Table\/\w+)\//g, '$1/0/'),
    path.replace(/(\w+Table\/\w+)\//, '$1/1/'),
  ]);

const address = fc.constantFrom(...addresses);
const text = fc.string({ minLength: 1, maxLength: 8 });

/** A vehicle with some of its elements set and others taken away. */
const vehicle = fc
  .array(fc.tuple(address, fc.option(text, { freq: 3 })), { maxLength: 12 })
  .map((edits) => edits.reduce((tree, [path, value]) => setAt(tree, path, value), completeM1()));

test('in the schema of the message rows stand in tables and nowhere else', () => {
  const astray = Object.entries(ivi.complex).flatMap(([type, rows]) =>
    rows.filter(([, , , most]) => (most !== 1) !== isRow(type)).map(([name]) => `${type}/${name}`),
  );
  expect(astray).toEqual([]);
});

test('what was set is read back', () => {
  fc.assert(
    fc.property(vehicle, address, text, (tree, path, value) => {
      const changed = setAt(setAt(tree, path.replace('/1/', '/0/'), value), path, value);
      expect(textAt(changed, path)).toBe(value);
    }),
  );
});

test('the tree given stays as it is', () => {
  fc.assert(
    fc.property(vehicle, address, fc.option(text), (tree, path, value) => {
      const before = structuredClone(tree);
      setAt(tree, path, value);
      expect(tree).toEqual(before);
    }),
  );
});

test('setting what stands there already changes nothing', () => {
  fc.assert(
    fc.property(vehicle, address, (tree, path) => {
      const present = textAt(tree, path);
      const firstRow = path.replaceAll(/(\w+Table\/\w+)\/(?!\d)/g, '$1/0/');
      fc.pre(present !== undefined && textAt(tree, firstRow) === present);
      expect(setAt(tree, path, present!)).toEqual(tree);
    }),
  );
});

test('what is set and taken away again leaves the tree as it was', () => {
  fc.assert(
    fc.property(vehicle, address, text, (tree, path, value) => {
      const counted = path.replaceAll(/(\w+Table\/\w+)\/(?!\d)/g, '$1/0/').replace('/1/', '/0/');
      fc.pre(nodesAt(tree, counted).length === 0);
      expect(setAt(setAt(tree, counted, value), counted, null)).toEqual(tree);
    }),
  );
});

test('one value changes and every other stays', () => {
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

test('no empty group, no empty table is left behind', () => {
  fc.assert(
    fc.property(vehicle, (tree) => {
      expect(hollow(tree)).toEqual([]);
    }),
  );
});

test('rows are made where the message has rows', () => {
  expect(setAt({}, `${axle}/AxleTrack`, '1500')).toEqual({
    CocDataGroup: { AxleTable: { AxleGroup: [{ AxleTrack: '1500' }] } },
  });
  expect(setAt({}, `${axle}/0/AxleTrack`, '1500')).toEqual(setAt({}, `${axle}/AxleTrack`, '1500'));
});

test('a row past the last comes after it', () => {
  const two = setAt(setAt({}, `${axle}/0/AxleTrack`, '1500'), `${axle}/7/AxleTrack`, '1510');
  expect(textsAt(two, `${axle}/AxleTrack`)).toEqual(['1500', '1510']);
});

test('a row that is taken away moves the others up', () => {
  const three = ['1', '2', '3'].reduce((tree, track, at) => setAt(tree, `${axle}/${at}/AxleTrack`, track), {});
  expect(textsAt(setAt(three, `${axle}/1`, null), `${axle}/AxleTrack`)).toEqual(['1', '3']);
});

test('a row is found by its key, made with it, and goes with its last value', () => {
  const family = 'CocDataGroup/FamilyTable/FamilyGroup[Kind=IP]/Value';
  const made = setAt({}, family, 'IP-1');
  expect(made).toEqual({ CocDataGroup: { FamilyTable: { FamilyGroup: [{ Kind: 'IP', Value: 'IP-1' }] } } });
  const other = setAt(made, 'CocDataGroup/FamilyTable/FamilyGroup[Kind=RL]/Value', 'RL-1');
  expect(textsAt(other, 'CocDataGroup/FamilyTable/FamilyGroup/Value')).toEqual(['IP-1', 'RL-1']);
  expect(setAt(other, 'CocDataGroup/FamilyTable/FamilyGroup[Kind=RL]/Value', null)).toEqual(made);
  expect(setAt(made, family, null)).toEqual({});
});

test('taking away what is not there takes nothing away', () => {
  const tree = completeM1();
  expect(setAt(tree, 'CocDataGroup/Type/Deeper', null)).toBe(tree);
  expect(setAt(tree, `${axle}/9/AxleTrack`, null)).toBe(tree);
});

test('a name of JavaScript is an element like any other', () => {
  expect(textsAt({}, 'constructor/name')).toEqual([]);
  const tree = setAt({}, '__proto__/polluted', 'x');
  expect(Object.getPrototypeOf(tree)).toBe(Object.prototype);
  expect(textAt({}, '__proto__/polluted')).toBeUndefined();
});

function leavesOf(node: DataNode, path = ''): string[] {
  if (typeof node === 'string') return [`${path}=${node}`];
  return Object.entries(node).flatMap(([name, child]) => leavesOf(child, `${path}/${name}`));
}

/** Paths of groups and tables that hold nothing. */
function hollow(node: DataTree | DataTree[], path = ''): string[] {
  const children = Object.entries(node);
  if (children.length === 0) return [path];
  return children.flatMap(([name, child]) => (typeof child === 'string' ? [] : hollow(child, `${path}/${name}`)));
}
