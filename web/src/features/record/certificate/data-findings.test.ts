import { expect, test } from 'vitest';
import type { Finding } from '#shared/contract/finding.ts';
import { findingsOnField } from './data-findings.ts';

const axle = (row: number) => `CocDataGroup/AxleTable/AxleGroup/${row}/AxleTrack`;
const tyre = (row: number, inner: number) =>
  `CocDataGroup/AxleTable/AxleGroup/${row}/TyreAxleTable/TyreAxleGroup/${inner}/TyreSize`;
const finding = (rule: string, params: Finding['params']): Finding => ({
  rule,
  key: 'entry.format',
  params,
  severity: 'error',
  entry: 'axleTrack',
  mend: ['lead'],
});

test('a finding that quotes a value appears at the row with that value', () => {
  const findings = [finding('R51', { value: 'abc' })];
  expect(findingsOnField(findings, { path: axle(1), value: 'abc', first: false })).toHaveLength(1);
  expect(findingsOnField(findings, { path: axle(0), value: '1500', first: true })).toHaveLength(0);
});

test('the same invalid value in two rows is reported once in each', () => {
  const findings = [finding('R51', { value: 'abc' }), finding('R51', { value: 'abc' })];
  expect(findingsOnField(findings, { path: axle(0), value: 'abc', first: true })).toHaveLength(1);
});

test('a finding about one row appears at that row only', () => {
  const findings = [finding('R50', { at: 'AxleGroup/2' })];
  expect(findingsOnField(findings, { path: axle(0), value: '', first: true })).toHaveLength(0);
  expect(findingsOnField(findings, { path: axle(1), value: '', first: false })).toHaveLength(1);
});

test('an axle without tyres lacks the value in its first tyre', () => {
  const findings = [finding('R50', { at: 'AxleGroup/2' })];
  expect(findingsOnField(findings, { path: tyre(1, 0), value: '', first: false })).toHaveLength(1);
  expect(findingsOnField(findings, { path: tyre(1, 1), value: '', first: false })).toHaveLength(0);
});

test('a long value is matched by its quoted beginning', () => {
  const findings = [finding('R51', { value: 'abc…' })];
  expect(findingsOnField(findings, { path: axle(0), value: 'abcdef', first: true })).toHaveLength(1);
});
