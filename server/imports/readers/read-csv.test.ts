import { describe, expect, test } from 'vitest';
import { unreadableLabel } from '#test/support/unreadable.ts';
import { textAt } from '#shared/domain/data-tree.ts';
import { openCsv, type CsvRow } from './read-csv.ts';

const columns = ['T', 'Va', 'Ve'].map((column, index) => ({
  column,
  path: `CocDataGroup/${['Type', 'Variant', 'Version'][index]}`,
}));
const mapping = { id: '', name: '', preset: false, columns };

async function read(text: string | Uint8Array): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of openCsv(typeof text === 'string' ? Buffer.from(text) : text).rows(mapping)) rows.push(row);
  return rows;
}
const typesOf = async (text: string | Uint8Array) =>
  (await read(text)).map(({ data }) => textAt(data, columns[0]!.path));
const rulesOf = async (text: string) => (await read(text)).map(({ findings }) => findings.map(({ rule }) => rule));
const refusalOf = (text: string | Uint8Array) => read(text).then(() => 'It was read.', unreadableLabel);

describe('cells keep the content of the file', () => {
  test.each([
    ['numbers that are codes', 'T,Va\n1E4,x\n', '1E4'],
    ['leading zeros', 'T,Va\n007,x\n', '007'],
    ['blanks around', 'T,Va\n T1 ,x\n', ' T1 '],
    ['a carriage return in quotes', 'T,Va\r\n"T\r1",x\r\n', 'T\r1'],
    ['a line end in quotes', 'T,Va\n"T\n1",x\n', 'T\n1'],
    ['quotes in quotes', 'T,Va\n"T ""1""",x\n', 'T "1"'],
    ['semicolons, and commas in quotes', 'T;"a,b,c,d"\nT,1;x\n', 'T,1'],
    ['tabs', 'T\tVa\nT1\tx\n', 'T1'],
    ['a header in quotes over two lines', '"T","V\na"\nT1,x\n', 'T1'],
    ['a byte order mark', '\uFEFFT,Va\nT1,x\n', 'T1'],
    ['no line end at its end', 'T,Va\nT1,x', 'T1'],
  ])('%s', async (_, text, type) => expect(await typesOf(text)).toEqual([type]));

  test('UTF-16 in both byte orders', async () => {
    const little = Buffer.from('\uFEFFT,Va\nTü,x\n', 'utf16le');
    expect(await typesOf(little)).toEqual(['Tü']);
    expect(await typesOf(Buffer.from(little).swap16())).toEqual(['Tü']);
  });

  test('an empty cell has no value', async () => {
    expect((await read('T,Va\nT1,\n'))[0]!.data).toEqual({ CocDataGroup: { Type: 'T1' } });
  });
});

test('a row is identified by its first line, counted as in an editor', async () => {
  const text = 'T,Va\n"T\r1",x\n\n"T\r\n2",y\r\nT3,z\n';
  expect((await read(text)).map(({ line }) => line)).toEqual([2, 4, 6]);
});

test('equal rows get distinct keys, and the same file gets the same keys', async () => {
  const keys = async (text: string) => (await read(text)).map(({ sourceKey }) => sourceKey);
  const [first, second, third] = await keys('T,Va\nT1,x\nT1,x\nT2,x\n');
  expect(new Set([first, second, third]).size).toBe(3);
  expect(await keys('T,Va\nT1,x\nT1,x\nT2,x\n')).toEqual([first, second, third]);
  expect(await keys('T,Ve\nT1,x\n')).not.toEqual([first]);
});

test('problems of a row are reported on that row', async () => {
  expect(await rulesOf('T,Va,Zz\nT1,x,z\nT1\nT1,x,y,z\n,,z\n')).toEqual([[], ['I03'], ['I03'], ['I07']]);
  expect(await rulesOf(`T,Va\n${'x'.repeat(10_001)},y\n`)).toEqual([['I08']]);
});

describe('a file written by a spreadsheet', () => {
  test('may declare its separator in the first line (fault F5)', async () => {
    expect((await read('sep=;\r\nT;Va\r\nT,1;x\r\n')).map(({ line, data }) => [line, data])).toEqual([
      [3, { CocDataGroup: { Type: 'T,1', Variant: 'x' } }],
    ]);
    expect(await typesOf('SEP=#\nT#Va\nT1#x\n')).toEqual(['T1']);
    expect(await typesOf('T|Va\nT1|x\n')).toEqual(['T1']);
  });

  test('may end in rows of separators, which are ignored', async () => {
    const rows = await read('T;Va\nT1;x\n;\n" ";\nT2;y\n;\n;\n');
    expect(rows.map(({ line, findings }) => [line, findings])).toEqual([
      [2, []],
      [5, []],
    ]);
    expect(await refusalOf('T;Va\n;\n;\n')).toContain('no rows');
  });

  test('may have spaces or different letters in its header (fault F6)', async () => {
    expect(await typesOf('T ,VA\nT1,x\n')).toEqual(['T1']);
    expect((await read('ve, T ,va\n1,T1,x\n'))[0]!.data).toEqual({
      CocDataGroup: { Type: 'T1', Variant: 'x', Version: '1' },
    });
  });

  test('with two columns that differ in nothing else uses neither (fault F6)', async () => {
    expect((await read('t,t ,Va\n1,2,x\n'))[0]!.data).toEqual({ CocDataGroup: { Variant: 'x' } });
    expect((await read('t,T,Va\n1,2,x\n'))[0]!.data).toEqual({ CocDataGroup: { Type: '2', Variant: 'x' } });
  });
});

describe('refuses with a sentence', () => {
  test.each([
    ['nothing in it', '', 'it is empty'],
    ['no separator', 'type\nT1\n', 'names no columns'],
    ['a header alone', 'T,Va\n', 'no rows'],
    ['carriage returns for line ends', 'T,Va\rT1,x\r', 'carriage return alone'],
    ['a column twice', 'T,Va,T\nT1,x,T2\n', 'two of its columns are called "T"'],
    ['columns without number', 'a,'.repeat(600), 'more than 500 columns'],
    ['a quote without end', 'T,Va\n"T1,x\n', 'quotes do not pair'],
    ['a quote without end in its header', '"T,Va\nT1,x\n', 'quotes do not pair'],
    ['zero bytes', 'T,Va\nT1\0,x\n', 'zero bytes'],
  ])('a file with %s', async (_, text, words) => expect(await refusalOf(text)).toContain(words));

  test('a file in an undeclared encoding', async () => {
    const refusal = await refusalOf(Buffer.from('T,Va\nTü,x\n', 'latin1'));
    expect(refusal).toContain('not UTF-8 from line 2 on: probably it is stored in Windows-1252');
    expect(await refusalOf(Buffer.from('T,Va\nTü,x\n', 'utf16le'))).toContain('seems to be UTF-16');
  });
});
