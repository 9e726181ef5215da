import { expect, test } from 'vitest';
import { setAt } from '#shared/domain/data-tree.ts';
import { differences } from '#shared/domain/data-tree-differences.ts';
import { revisionLines } from './revision-lines.ts';

const speed = 'CocDataGroup/MaximumSpeed';
const track = (row: number) => `CocDataGroup/AxleTable/AxleGroup/${row}/AxleTrack`;
const before = [track(0), track(1)].reduce((tree, path) => setAt(tree, path, '1500'), setAt({}, speed, '180'));
const after = setAt(setAt(before, speed, '190'), track(1), '1510');

test('lists differences in certificate order, under the names of the entries', () => {
  const lines = revisionLines(differences(before, after), null);
  expect(lines.map(({ path }) => path)).toEqual([speed, track(1)]);
  expect(lines[1]).toMatchObject({ title: expect.stringContaining('(axle 2)'), from: '1500', to: '1510' });
});

test('shows unchanged values on request, on both sides alike', () => {
  const lines = revisionLines(differences(before, after), before);
  expect(lines.map(({ path, from, to }) => [path, from === to])).toEqual([
    [speed, false],
    [track(0), true],
    [track(1), false],
  ]);
});

test('lists an element without an entry last, under its own name', () => {
  const lines = revisionLines(
    [{ path: 'CocDataGroup/SomethingElse', from: null, to: 'x' }, ...differences(before, after)],
    null,
  );
  expect(lines.at(-1)).toMatchObject({ title: 'Something else', section: null });
});
