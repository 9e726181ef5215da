import { expect, test } from 'vitest';
import { passingApproval, passingFacts } from '#test/support/facts.ts';
import { completeM1 } from '#test/support/vehicles.ts';
import { findingsOf } from '../judge.ts';
import { sentence } from '#shared/text/sentence.ts';
import { approvalPath } from './approval.ts';
import { categoryPath } from './entries.ts';
import { approvalInForce, approvalNumberOf, categoryCovered, insideAllowedRanges, vehicleCovered } from './register.ts';

const of = 'CocDataGroup';

test('[R08] accepts dates from the first day up to and including the last day', () => {
  const today = '2026-11-24';
  for (const dates of [{ expiresOn: today }, { issuedOn: today }, { withdrawn: { on: '2026-11-25', why: 'x' } }])
    expect(findingsOf(approvalInForce, passingFacts({ today, approval: passingApproval(dates) }))).toEqual([]);
});

test('[R08] lists the extensions in the register', () => {
  const [finding] = findingsOf(approvalInForce, passingFacts({ approval: null, otherExtensions: ['00', '01'] }));
  expect(sentence(finding!)).toContain('it has 00, 01');
});

test('[R08] [R09] have no finding without an approval number: R50 requires it', () => {
  const facts = passingFacts({ data: completeM1({ [approvalPath]: null }), approval: null });
  expect([approvalInForce, vehicleCovered].flatMap((rule) => findingsOf(rule, facts))).toEqual([]);
});

test.each([
  [{ type: 'FJ2', variant: null, version: null }, true],
  [{ type: 'FJ2', variant: 'FJ2XB', version: null }, true],
  [{ type: 'FJ2', variant: 'FJ2XB', version: 'FJ2XB-11' }, true],
  [{ type: 'FJ2', variant: 'FJ2XB', version: 'FJ2XB-1' }, false],
  [{ type: 'FJ2', variant: 'fj2xb', version: null }, false],
  [{ type: 'FJ', variant: null, version: null }, false],
])('[R09] compares the coverage %j exactly', (coverage, covered) => {
  const findings = findingsOf(vehicleCovered, passingFacts({ approval: passingApproval({ covers: [coverage] }) }));
  expect(findings.length === 0).toBe(covered);
});

test('[R55] an approval for M1 covers M1G, one for M1G alone does not cover M1', () => {
  const offRoad = passingFacts({ data: completeM1({ [categoryPath]: 'M1G' }), approval: passingApproval() });
  expect(findingsOf(categoryCovered, offRoad)).toEqual([]);
  expect(
    findingsOf(categoryCovered, passingFacts({ approval: passingApproval({ categories: ['M1G'] }) })),
  ).toHaveLength(1);
});

test('[R20] includes the bound itself, and compares list values as texts', () => {
  const data = completeM1({ [`${of}/MassGroup/ActualMass`]: '2100' });
  const judged = (range: object) =>
    findingsOf(
      insideAllowedRanges,
      passingFacts({
        data,
        approval: passingApproval({ ranges: [{ entry: 'actualMass', min: null, max: null, oneOf: null, ...range }] }),
      }),
    );
  expect(judged({ min: 2100, max: 2100 })).toEqual([]);
  expect(judged({ max: 2099.5 })).toHaveLength(1);
  expect(judged({ oneOf: ['2100'] })).toEqual([]);
  expect(judged({ oneOf: ['2100.0'] })).toHaveLength(1);
});

test('a record references the normal form of its approval number', () => {
  const under = (number: string, kind = 'EU') =>
    approvalNumberOf(completeM1({ [approvalPath]: number, [`${of}/TypeApprovalType`]: kind }));
  expect(under('e1*2007/46*1320')).toBe('e1*2007/46*1320*00');
  expect(under('e1*2001/116*0144* ')).toBe('e1*2001/116*0144*00');
  expect(under('E1*2007/46*1320*01')).toBe('e1*2007/46*1320*01');
  expect(under('e5*NKS*9993*00')).toBeNull();
  expect(under('e5*NKS*9993*00', 'NSS')).toBe('e5*NKS*9993*00');
});
