import { expect, test } from 'vitest';
import { coverageText, readCoverage } from './coverage-text.ts';

const covers = [
  { type: 'TRX', variant: null, version: null },
  { type: 'KLV2', variant: 'L1H1', version: null },
  { type: 'KLV2', variant: null, version: 'D110' },
  { type: 'KLV2', variant: 'L2H2', version: 'D130A' },
];

test('rows copied from a table are parsed with any separator, and formatted back as text', () => {
  expect(readCoverage('Type\tVariant\tVersion\r\nTRX\r\nKLV2\tL1H1\r\nKLV2\t\tD110\r\nKLV2\tL2H2\tD130A\r\n')).toEqual({
    covers,
  });
  expect(readCoverage('TRX;*;*\nKLV2 ; L1H1;\n\nKLV2,,D110\nKLV2,L2H2,D130A')).toEqual({ covers });
  expect(readCoverage(coverageText(covers))).toEqual({ covers });
});

test('a repeated line counts once', () => {
  expect(readCoverage('TRX\nTRX\t\t')).toEqual({ covers: [covers[0]] });
});

test.each([
  ['a line without a type', 'TRX\n\tL1H1', 'Line 2: start with a type'],
  ['a type too long', 'ABCDEFGHIJKLMNOP', 'Line 1: start with a type'],
  ['a variant too long', `TRX\t${'x'.repeat(26)}`, 'Line 1: a variant'],
  ['more than three parts', 'TRX\tA\tB\tC', 'Line 1 has more'],
  ['more lines than an approval may have', Array.from({ length: 2001 }, (_, n) => `T${n}`).join('\n'), 'At most 2,000'],
])('%s is reported with its line', (_, text, message) => {
  const read = readCoverage(text);
  expect('wrong' in read && read.wrong).toContain(message);
});
