import { expect, test } from 'vitest';
import { readApprovalNumber } from './approval-number.ts';

test.each([
  ['e1*2007/46*0480*12', 'e1*2007/46*0480*12', false],
  ['e1*2007/46*1320', 'e1*2007/46*1320*00', false],
  ['e11*KS07/46*0040*03', 'e11*KS07/46*0040*03', true],
  ['e4*KS18/858*00009*02', 'e4*KS18/858*00009*02', true],
  ['e1*2001/116*0144*', 'e1*2001/116*0144*00', false],
  ['e13*2001/116*0089* ', 'e13*2001/116*0089*00', false],
])('parses %j as %s', (text, number, smallSeries) => {
  expect(readApprovalNumber(text)).toMatchObject({ number, smallSeries });
});

test.each([
  ['-', 'empty'],
  ['', 'empty'],
  ['E1*2007/46*0480*12', 'capital'],
  ['e*13*97/27*0037*02', 'country'],
  ['e1/2001/116*0414*00', 'country'],
  ['e1*2001/116/0317*01', 'separator'],
  ['e1*2007/46*0421-15', 'separator'],
  ['e1*98/14D0080*07', 'act'],
  ['e1*98/14PD0193*02', 'act'],
  ['e13*2007/461185*03', 'act'],
  ['e2*2001/116/*0328', 'act'],
  ['e11*2001/116Ü*0199*01', 'act'],
  ['e11*KS*0040*03', 'act'],
  ['e5*NKS*9993*00', 'national'],
  ['e5*NKS07/46*9993*00', 'national'],
  ['e1*2001/116*0144**', 'parts'],
  ['e1*2007/46*480*12', 'base'],
  ['e1*2007/46*0480*1', 'extension'],
])('does not guess at %j: %s', (text, trouble) => {
  expect(readApprovalNumber(text)).toBe(trouble);
});

test('a normalised number parses as itself', () => {
  const read = readApprovalNumber('e13*2001/116*0089*');
  expect(typeof read === 'object' && readApprovalNumber(read.number)).toEqual(read);
});
