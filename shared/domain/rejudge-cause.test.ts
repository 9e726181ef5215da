import { expect, test } from 'vitest';
import { readRejudgeCause } from './rejudge-cause.ts';

test.each([
  ['approval e4*2018/858*00001*01', { kind: 'approval', approval: 'e4*2018/858*00001*01' }],
  ['rules 1.4', { kind: 'rules', version: '1.4' }],
  ['edition 2', { kind: 'edition', edition: '2' }],
  ['date', { kind: 'date' }],
  ['time zone', { kind: 'timeZone' }],
  ['signatory renamed', { kind: 'signatory' }],
  ['toString', null],
  ['edition', null],
  ['', null],
])('parses %s', (code, cause) => expect(readRejudgeCause(code)).toEqual(cause));
