import { expect, test } from 'vitest';
import type { Finding } from '#shared/contract/finding.ts';
import { asksOf } from './gate-asks.ts';

const finding = (key: string, over: Partial<Finding> = {}): Finding => ({
  rule: 'R50',
  key,
  params: {},
  severity: 'error',
  entry: null,
  mend: ['lead'],
  ...over,
});
const missing = (entry: string) => finding('entry.present', { entry });
const sectionOf = (entry: string) => (entry.startsWith('mass') ? 'masses' : 'general');

test('many missing entries of one section form one line, a few stay separate lines', () => {
  const asks = asksOf([missing('mass1'), missing('make'), missing('mass2'), missing('mass3')], sectionOf);
  expect(asks.map(({ section, findings }) => [section, findings.map(({ entry }) => entry)])).toEqual([
    ['masses', ['mass1', 'mass2', 'mass3']],
    [null, ['make']],
  ]);
});

test('a line links to the place that fixes it', () => {
  const places = asksOf(
    [
      missing('make'),
      finding('duty.reviewer'),
      finding('checklist.done', { params: { stage: 'data', open: 2 } }),
      finding('exception.open'),
      finding('review.accepted'),
      finding('scope.open'),
    ],
    sectionOf,
  ).map(({ place }) => place);
  expect(places).toEqual([
    { kind: 'entry', key: 'make' },
    { kind: 'duties' },
    { kind: 'checklist', stage: 'data' },
    { kind: 'exceptions' },
    { kind: 'review' },
    null,
  ]);
});

test('closing findings come before waived ones, and both before warnings', () => {
  const waived = { waiver: 'w', until: '2026-12-24' };
  const asks = asksOf(
    [
      finding('approval.form', { severity: 'warning' }),
      finding('approval.covers', { waived }),
      finding('duty.reviewer'),
    ],
    sectionOf,
  );
  expect(asks.map(({ severity, waivedUntil }) => [severity, waivedUntil])).toEqual([
    ['error', null],
    ['error', '2026-12-24'],
    ['warning', null],
  ]);
});
