import { expect, test } from 'vitest';
import { dataTooLarge, longestText, mostNodes, mostRows, mostText, sizeOf } from './data-size.ts';
import { sampleVehicle } from './samples/vehicle.ts';
import { sentence } from '#shared/text/sentence.ts';

const axles = (count: number) => Array.from({ length: count }, () => ({ AxleTrack: '1' }));
const withAxles = (count: number) => ({ CocDataGroup: { AxleTable: { AxleGroup: axles(count) } } });

test('a vehicle is far below the limits; the size counts elements and the longest table', () => {
  expect(dataTooLarge(sampleVehicle({ number: 1 }))).toBeNull();
  expect(sizeOf(sampleVehicle({ number: 1 })).nodes).toBeLessThan(mostNodes / 10);
  expect(sizeOf(withAxles(3))).toEqual({ nodes: 8, rows: 3, table: 'AxleGroup', longest: 12, text: 60 });
  expect(sizeOf(sampleVehicle({ number: 1 })).text).toBeLessThan(mostText / 10);
});

test('[M38] refuses more rows than a table may have with a sentence that names the table (fault S3)', () => {
  expect(dataTooLarge(withAxles(mostRows))).toBeNull();
  const finding = dataTooLarge(withAxles(20_000))!;
  expect(finding).toMatchObject({ rule: 'M38', params: { what: 'rows', table: 'AxleGroup', count: 20_000 } });
  expect(sentence(finding)).toBe(
    'The table of AxleGroup has 20000 rows, and a record takes at most 200 in one table. Check where the rows come from, and leave out what does not belong to this vehicle.',
  );
});

test('[M38] refuses more elements than a record may have, in nested tables too (fault S3)', () => {
  const inner = { TyreTable: { TyreAxleGroup: axles(100) } };
  const data = { AxleTable: { AxleGroup: Array.from({ length: 100 }, () => inner) } };
  expect(dataTooLarge(data)).toMatchObject({ params: { what: 'nodes', most: mostNodes } });
});

test('[M38] refuses a text longer than an entry allows, and a total length above the limit (fault S3)', () => {
  expect(dataTooLarge({ Remarks: 'x'.repeat(longestText) })).toBeNull();
  const long = dataTooLarge({ Remarks: 'x'.repeat(longestText + 1) })!;
  expect(long).toMatchObject({ rule: 'M38', params: { what: 'longest' } });
  expect(sentence(long)).toBe('One text has 10001 characters, and an entry takes at most 10000. Shorten it.');
  const many = { Table: Array.from({ length: 26 }, () => ({ Remarks: 'x'.repeat(longestText) })) };
  expect(dataTooLarge(many)).toMatchObject({ params: { what: 'text', most: mostText } });
  expect(dataTooLarge(many, many)).toBeNull();
});

test('[M38] an existing larger record may change and shrink, but not grow (fault S3)', () => {
  const before = withAxles(500);
  expect(dataTooLarge(withAxles(500), before)).toBeNull();
  expect(dataTooLarge(withAxles(499), before)).toBeNull();
  expect(dataTooLarge(withAxles(501), before)).toMatchObject({ rule: 'M38' });
});

test('counts a tree of any depth (fault S25)', () => {
  let data: Parameters<typeof sizeOf>[0] = {};
  for (let depth = 0; depth < 100_000; depth++) data = { a: data };
  expect(sizeOf(data).nodes).toBe(100_000);
});
