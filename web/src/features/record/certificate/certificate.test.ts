import { expect, test } from 'vitest';
import { baseCategory, entryOf } from '#shared/domain/catalogue/catalogue.ts';
import { setAt, textAt } from '#shared/domain/data-tree.ts';
import { sampleKinds } from '#shared/domain/samples/kinds.ts';
import type { DataNode, DataTree } from '#shared/contract/record.ts';
import { certificateEntries, certificateOf, entryAt, rowsAlong, tableOf } from './certificate.ts';

const entry = (key: string) => entryOf(key)!;
const paths = (data: DataTree, keys: string[], offered: Record<string, number> = {}) =>
  certificateOf(data, keys.map(entry), (table) => offered[table] ?? 0).flatMap(({ blocks }) =>
    blocks.flatMap(({ rows }) => rows.flatMap(({ fields }) => fields.map(({ path }) => path))),
  );
const axles = 'CocDataGroup/AxleTable/AxleGroup';

test('an entry of an axle appears once per axle of the record', () => {
  const data: DataTree = {
    CocDataGroup: { AxleTable: { AxleGroup: [{ AxleTrack: '1500' }, { AxleSpacing: '2850' }] } },
  };
  expect(paths(data, ['axleTrack'])).toEqual([`${axles}/0/AxleTrack`, `${axles}/1/AxleTrack`]);
});

test('an absent table offers its first row', () => {
  expect(paths({}, ['tyreSize'])).toEqual([`${axles}/0/TyreAxleTable/TyreAxleGroup/0/TyreSize`]);
});

test('a new row is offered before it has content', () => {
  const data = { CocDataGroup: { AxleTable: { AxleGroup: [{ AxleTrack: '1500' }] } } };
  expect(paths(data, ['axleTrack'], { [axles]: 2 })).toHaveLength(2);
});

test('a row identified by its content is not numbered', () => {
  expect(tableOf(entry('towableDrawbar').path)).toBeNull();
  expect(tableOf(entry('familyIP').path)).toMatch(/EnergySourceGroup$/);
});

test('the parts of a group are separate fields', () => {
  expect(paths({}, ['doorConfiguration'])).toContain('CocDataGroup/ConfigurationDoorsGroup/NumberOfDoorsLeft');
  const location = paths({}, ['vinLocation']);
  expect(location[0]).toBe(
    'CocDataGroup/LocationMarkingsTable/LocationMarkingsGroup[LocationMarkingsSubject=VIN]/LocationMarkingsVehiclePart',
  );
});

test('consecutive entries of one table form one block, and another entry between them splits it', () => {
  const [section] = certificateOf({}, [entry('wheelbase'), entry('axleSpacing'), entry('length')], () => 0);
  expect(section!.blocks.map(({ table }) => table)).toEqual([null, axles, null]);
});

test('rows are added where most of their entries are', () => {
  const entries = ['axleSpacing', 'length', 'axleTrack', 'maxMassPerAxle'].map(entry);
  const homes = certificateOf({}, entries, () => 0)
    .flatMap(({ blocks }) => blocks.filter(({ home }) => home))
    .map(({ rows }) => rows[0]!.fields[0]!.entry.key);
  expect(homes).toHaveLength(1);
});

test('the key of a row is in its table, though its entry appears once', () => {
  const shown = certificateOf(
    {},
    ['numberOfPoweredAxles', 'axleTrack'].map(entry),
    () => 0,
    () => true,
  );
  const blocks = shown.flatMap((section) => section.blocks);
  expect(blocks.map(({ table, rows }) => [table, rows[0]!.fields.map(({ path }) => path.split('/').at(-1))])).toEqual([
    [null, ['NumberOfPoweredAxles']],
    [axles, ['PoweredAxleIndicator', 'AxleTrack', 'AxleTrackAdjustableMin', 'AxleTrackAdjustableMax']],
  ]);
});

test('an edited path resolves to its entry', () => {
  const entries = [entry('axleTrack'), entry('familyIP'), entry('doorConfiguration')];
  expect(entryAt(`${axles}/1/AxleTrack`, entries)?.key).toBe('axleTrack');
  expect(entryAt('CocDataGroup/ConfigurationDoorsGroup/NumberOfDoorsLeft', entries)?.key).toBe('doorConfiguration');
  expect(entryAt('CocDataGroup/Unknown', entries)).toBeUndefined();
});

test('a path lists its rows', () => {
  expect(rowsAlong(`${axles}/1/TyreAxleTable/TyreAxleGroup/0/TyreSize`)).toEqual({
    groups: ['AxleGroup', 'TyreAxleGroup'],
    numbers: [2, 1],
    endsInRow: false,
  });
  expect(rowsAlong(`${axles}/1`).endsInRow).toBe(true);
});

test.each(Object.entries(sampleKinds))('every value of a %s can be entered field by field', (_, make) => {
  const vehicle: DataTree = make(3);
  const category = baseCategory(textAt(vehicle, 'CocDataGroup/VehicleCategory')!);
  const fields = certificateOf(
    vehicle,
    certificateEntries(category),
    () => 1,
    () => true,
  ).flatMap(({ blocks }) => blocks.flatMap(({ rows }) => rows.flatMap((row) => row.fields)));
  const typed = fields.reduce<DataTree>((tree, { path }) => setAt(tree, path, textAt(vehicle, path) ?? null), {});
  expect(leavesOf(typed)).toEqual(leavesOf(vehicle));
});

/** Every text by its elements; rows appear in the order they were typed, so their numbers are omitted. */
function leavesOf(node: DataNode, path = ''): string[] {
  if (typeof node === 'string') return [`${path}=${node}`];
  return (
    Array.isArray(node)
      ? node.map((row) => [path, row] as const)
      : Object.entries(node).map(([name, child]) => [`${path}/${name}`, child] as const)
  )
    .flatMap(([way, child]) => leavesOf(child, way))
    .toSorted();
}
