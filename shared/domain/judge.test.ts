import { expect, test } from 'vitest';
import { passingApproval, passingFacts } from '#test/support/facts.ts';
import { completeM1 } from '#test/support/vehicles.ts';
import { hasRegressed, judge, rejudgeOn, previewMove, readiness, verdictOnMove } from './judge.ts';
import { productSettings } from './rule-set.ts';

const withoutMass = completeM1({ 'CocDataGroup/MassGroup/ActualMass': null });
const waiver = { id: 'w', rule: 'R50', endsOn: '2026-11-30' };
const review = (facts: Parameters<typeof judge>[0]) => judge(facts).verdicts.find(({ stage }) => stage === 'review')!;
const mark = (facts: Parameters<typeof judge>[0]) => judge(facts).marks.find(({ stage }) => stage === 'review')!;

test('a waiver opens the gate for its rule only, and its finding is marked as waived', () => {
  const facts = passingFacts({ data: withoutMass, waivers: [waiver] });
  expect(review(facts)).toMatchObject({
    open: true,
    findings: [{ rule: 'R50', severity: 'error', waived: { waiver: 'w', until: '2026-11-30' } }],
  });
  expect(mark(facts)).toMatchObject({ errors: 0, waived: 1, first: null });
  expect(review(passingFacts({ data: withoutMass, waivers: [{ ...waiver, rule: 'R09' }] })).open).toBe(false);
});

test('a waiver is valid on its last day and not after it', () => {
  const on = (today: string) => review(passingFacts({ today, data: withoutMass, waivers: [waiver] })).open;
  expect(on('2026-11-30')).toBe(true);
  expect(on('2026-12-01')).toBe(false);
});

test('[P06] [P07] [R51] no waiver and no setting changes fixed rules', () => {
  const facts = passingFacts({
    review: null,
    waivers: [{ ...waiver, rule: 'P06' }],
    settings: { ...productSettings, severities: { P06: 'info' } },
  });
  expect(verdictOnMove(judge(facts).verdicts, 'review', 'output').open).toBe(false);
});

test('an organisation can change severities: an error to a warning and a warning to an error', () => {
  const lowered = { ...productSettings, severities: { R50: 'warning' as const } };
  expect(review(passingFacts({ data: withoutMass, settings: lowered }))).toMatchObject({
    open: true,
    findings: [{ rule: 'R50', severity: 'warning' }],
  });
  const raised = { ...productSettings, severities: { R20: 'error' as const } };
  const approval = passingApproval({ ranges: [{ entry: 'actualMass', min: null, max: 1, oneOf: null }] });
  expect(review(passingFacts({ approval, settings: raised })).open).toBe(false);
});

test('the preview on the card matches the verdict with waivers', () => {
  const { verdicts, marks } = judge(passingFacts({ data: withoutMass, waivers: [waiver], review: null }));
  for (const to of ['review', 'output'] as const)
    expect(previewMove(marks, 'data', to).open).toBe(verdictOnMove(verdicts, 'data', to).open);
});

test('a regression is a closed gate that the record has passed, not an earlier one', () => {
  const { marks } = judge(passingFacts({ approval: null }));
  expect(hasRegressed(marks, 'data')).toBe(false);
  for (const stage of ['review', 'output', 'delivery'] as const) expect(hasRegressed(marks, stage)).toBe(true);
  expect(hasRegressed(marks, 'archive')).toBe(false);
});

test('rejudges on the next day that changes a verdict, and on no other', () => {
  const data = completeM1({ 'CocDataGroup/DateManufactureVehicle': '2026-09-14' });
  const again = (overrides: object) => rejudgeOn(passingFacts({ today: '2026-11-24', data, ...overrides }));
  expect(again({})).toBeNull();
  expect(again({ waivers: [waiver] })).toBe('2026-12-01');
  expect(again({ waivers: [waiver], approval: passingApproval({ expiresOn: '2026-11-26' }) })).toBe('2026-11-27');
  expect(again({ approval: passingApproval({ issuedOn: '2027-01-01' }) })).toBe('2027-01-01');
  expect(again({ approval: passingApproval({ withdrawn: { on: '2026-12-31', why: 'x' } }) })).toBe('2026-12-31');
  expect(again({ approval: passingApproval({ expiresOn: '2026-11-20' }) })).toBeNull();
});

test('a record proceeds only while its passed gates hold, and a preview counts each finding once', () => {
  const exceptions = [{ kind: 'other' as const, cause: 'x', blocks: 'review' as const }];
  const { verdicts, marks } = judge(passingFacts({ approval: null, exceptions }));
  for (const [from, to] of [
    ['review', 'output'],
    ['delivery', 'archive'],
    ['intake', 'archive'],
  ] as const) {
    const verdict = verdictOnMove(verdicts, from, to);
    const errors = verdict.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['R08', 'P08']));
    expect(previewMove(marks, from, to)).toEqual({ open: false, first: errors[0], more: errors.length - 1 });
  }
  expect(verdictOnMove(verdicts, 'delivery', 'data').open).toBe(true);
});

test('readiness for the next stage includes passed gates that are closed again', () => {
  const whole = judge(passingFacts()).marks;
  const fallen = judge(passingFacts({ approval: null })).marks;
  const asks = whole.find(({ stage }) => stage === 'signing')!.asks;
  expect(readiness(whole, 'output')).toEqual({ next: 'signing', asks, met: asks, open: true });
  expect(readiness(fallen, 'output')).toEqual({ next: 'signing', asks: asks + 1, met: asks, open: false });
  expect(readiness(whole, 'archive')).toBeNull();
});
