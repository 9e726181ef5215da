import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DataTree } from '#shared/contract/record.ts';
import { entries } from './catalogue/catalogue.ts';
import { setAt } from './data-tree.ts';
import { differences, leavesOf } from './data-tree-differences.ts';
import { sampleVehicle } from './samples/vehicle.ts';

const axle = 'CocDataGroup/AxleTable/AxleGroup';
const paths = entries.filter(({ format }) => format.kind !== 'group').map(({ path }) => path);

/** A vehicle after some edits, each of which sets or removes an element. */
const vehicle = fc
  .array(fc.tuple(fc.constantFrom(...paths, `${axle}/1`, `${axle}/2/AxleTrack`), fc.option(fc.string())), {
    maxLength: 10,
  })
  .map((edits) =>
    edits.reduce<DataTree>(
      (tree, [path, text]) => {
        return path.endsWith('/1') ? setAt(tree, path, null) : setAt(tree, path, text);
      },
      sampleVehicle({ number: 1 }),
    ),
  );

test('applying the differences to one tree gives the texts of the other', () => {
  fc.assert(
    fc.property(vehicle, vehicle, (from, to) => {
      const leaves = leavesOf(from);
      for (const change of differences(from, to)) {
        expect(leaves.get(change.path) ?? null).toBe(change.from);
        if (change.to === null) leaves.delete(change.path);
        else leaves.set(change.path, change.to);
      }
      expect(Object.fromEntries(leaves)).toEqual(Object.fromEntries(leavesOf(to)));
    }),
  );
});

test('the reverse differences mirror the forward ones, and a tree has no differences from itself', () => {
  fc.assert(
    fc.property(vehicle, vehicle, (one, other) => {
      const back = differences(other, one).map(({ path, from, to }) => ({ path, from: to, to: from }));
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
      expect(back.toSorted(byPath)).toEqual(differences(one, other).toSorted(byPath));
      expect(differences(one, structuredClone(one))).toEqual([]);
    }),
  );
});

test('a row is identified by its number', () => {
  const two = setAt(setAt({}, `${axle}/0/AxleTrack`, '1500'), `${axle}/1/AxleTrack`, '1510');
  expect(differences(two, setAt(two, `${axle}/1/AxleTrack`, '1520'))).toEqual([
    { path: `${axle}/1/AxleTrack`, from: '1510', to: '1520' },
  ]);
  expect(differences(two, setAt(two, `${axle}/1`, null))).toEqual([
    { path: `${axle}/1/AxleTrack`, from: '1510', to: null },
  ]);
});
