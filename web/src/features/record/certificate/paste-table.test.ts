import { expect, test } from 'vitest';
import type { DataTree } from '#shared/contract/record.ts';
import { entryOf } from '#shared/domain/catalogue/catalogue.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { entryName } from '#shared/text/names.ts';
import { certificateOf, type Block } from './certificate.ts';
import { cellsOf, isTransposed, placePaste, tableText } from './paste-table.ts';

const axles = 'CocDataGroup/AxleTable/AxleGroup';
const two: DataTree = [0, 1].reduce<DataTree>((tree, at) => setAt(tree, `${axles}/${at}/AxleTrack`, '1500'), {});
const entries = ['axleTrack', 'maxMassPerAxle'].map((key) => entryOf(key)!);
const mass = entries[1]!.path.split('/').at(-1)!;

function block(data: DataTree, offered = 0, keys = entries): Block {
  return certificateOf(data, keys, () => offered).flatMap(({ blocks }) => blocks)[0]!;
}
/** One block with both entries, in whatever sections they are printed. */
function axleBlock(data: DataTree, offered = 0): Block {
  return block(data, offered, entries.map((entry) => ({ ...entry, section: 'axles' })) as typeof entries);
}
const start = { line: 0, column: 0 };
const told = (cells: string[][], at = start, turned = false, data = two) => {
  const { values, beyond } = placePaste(cells, axleBlock(data), at, turned);
  return { values: Object.fromEntries(values.map(({ path, text }) => [path.slice(axles.length + 1), text])), beyond };
};

test('parses cells as spreadsheets copy them, quoted ones with their line breaks', () => {
  expect(cellsOf('1\t2\r\n3\t4\r\n')).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  expect(cellsOf('a\t"two\nlines, ""quoted"""\tb')).toEqual([['a', 'two\nlines, "quoted"', 'b']]);
  expect(cellsOf('1\t\n\t2')).toEqual([
    ['1', ''],
    ['', '2'],
  ]);
  expect(cellsOf('1\t')).toEqual([['1', '']]);
});

test('parses its own output', () => {
  const cells = [
    ['1', 'two\nlines', ''],
    ['"x"', '\t', 'end'],
  ];
  expect(cellsOf(tableText(cells))).toEqual(cells);
});

test('fills cells from the cursor on, and keeps texts unchanged', () => {
  expect(told([['1 500', '1500,5']]).values).toEqual({ '0/AxleTrack': '1 500', '1/AxleTrack': '1500,5' });
  expect(told([['900']], { line: 1, column: 1 }).values).toEqual({ [`1/${mass}`]: '900' });
});

test('transposed, a spreadsheet row becomes one axle', () => {
  const cells = [
    ['1500', '900'],
    ['1510', '910'],
    ['1520', '920'],
  ];
  expect(told(cells, start, true).values).toEqual({
    '0/AxleTrack': '1500',
    [`0/${mass}`]: '900',
    '1/AxleTrack': '1510',
    [`1/${mass}`]: '910',
    '2/AxleTrack': '1520',
    [`2/${mass}`]: '920',
  });
  expect(isTransposed(cells, axleBlock(two), start)).toBe(true);
});

test('headings identify entries by number, name or element, in any order and on either side', () => {
  const rows = [
    [mass, '30. Axle track [mm]'],
    ['900', '1500'],
    ['910', '1510'],
  ];
  expect(isTransposed(rows, axleBlock(two), start)).toBe(true);
  expect(told(rows, start, true).values).toEqual({
    '0/AxleTrack': '1500',
    [`0/${mass}`]: '900',
    '1/AxleTrack': '1510',
    [`1/${mass}`]: '910',
  });
  const lines = [
    ['', 'Axle 1', 'Axle 2'],
    [entryName(entries[1]!.key), '900', '910'],
    ['Something else', 'x', ''],
  ];
  expect(isTransposed(lines, axleBlock(two), start)).toBe(false);
  expect(told(lines)).toEqual({ values: { [`0/${mass}`]: '900', [`1/${mass}`]: '910' }, beyond: ['x'] });
});

test('an empty cell changes nothing', () => {
  expect(told([['', '1510']]).values).toEqual({ '1/AxleTrack': '1510' });
});

test('a visible empty row does not leave a gap', () => {
  const cells = [['', '1510', '1520']];
  const { values } = placePaste(cells, axleBlock({}, 1), start, false);
  expect(values.map(({ path }) => path.split('/').at(-2))).toEqual(['0', '1']);
});

test('cells past the last entry are reported, not silently dropped', () => {
  expect(told([['1500'], ['900'], ['7']]).beyond).toEqual(['7']);
});
