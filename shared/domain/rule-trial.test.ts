import { expect, test } from 'vitest';
import type { Finding, Severity } from '#shared/contract/finding.ts';
import { passingFacts } from '#test/support/facts.ts';
import { completeM1 } from '#test/support/vehicles.ts';
import { productSettings } from './rule-set.ts';
import { moveDifference, recordDifference, type PassedMove } from './rule-trial.ts';
import { vinPath } from './rules/vin.ts';

const lacking = completeM1({ 'CocDataGroup/MaximumSpeed': null });
const under = (severities: Record<string, Severity>, ruleSet = '2.1') => ({
  settings: { ...productSettings, severities },
  ruleSet,
});
const waived = { waiver: crypto.randomUUID(), until: '2026-12-01' };

const finding = (rule: string, severity: Severity, more: Partial<Finding> = {}): Finding => ({
  rule,
  key: 'entry.padded',
  params: {},
  severity,
  entry: null,
  mend: [],
  ...more,
});
const passed = (findings: Finding[], from: PassedMove['from'] = 'intake', to: PassedMove['to'] = 'review') => ({
  from,
  to,
  verdict: { stage: to, open: true, findings },
});

test('a record with equal verdicts on all gates is unchanged', () => {
  expect(recordDifference(passingFacts(), under({ R50: 'warning', R20: 'error' }))).toBeNull();
  expect(recordDifference(passingFacts({ data: lacking }), under({ R20: 'error' }))).toBeNull();
});

test('names the first gate that opens or closes, with the rules that cause it', () => {
  const opens = recordDifference(passingFacts({ data: lacking }), under({ R50: 'warning' }));
  expect(opens).toEqual({ stage: 'review', opens: true, rules: ['R50'] });
  const facts = passingFacts({ data: completeM1({ 'CocDataGroup/Variant': ' padded ' }) });
  expect(recordDifference(facts, under({ R53: 'error' }))).toEqual({ stage: 'review', opens: false, rules: ['R53'] });
});

test('a gate that another rule keeps closed is unchanged', () => {
  const facts = passingFacts({ data: lacking, approval: null });
  expect(recordDifference(facts, under({ R50: 'warning' }))).toBeNull();
});

test('[P15] if it closes the gate, every record reviewed before the change has a regression', () => {
  const others = under({ P15: 'error' });
  expect(recordDifference(passingFacts(), others)).toEqual({ stage: 'output', opens: false, rules: ['P15'] });
  expect(recordDifference(passingFacts({ review: null }), others)).toBeNull();
});

test('a move that passed with a warning would be refused, at the first gate with the rule', () => {
  const move = passed([finding('R53', 'warning'), finding('P15', 'warning')], 'data', 'output');
  const { settings } = under({ R53: 'error', P15: 'error' });
  expect(moveDifference(move, settings, null)).toEqual({ stage: 'review', opens: false, rules: ['R53', 'P15'] });
  expect(moveDifference(move, productSettings, null)).toBeNull();
});

test('a finding waived at that time stays waived, whatever its severity now', () => {
  const { settings } = under({ R20: 'error' });
  expect(moveDifference(passed([finding('R20', 'error', { waived })]), settings, null)).toBeNull();
  expect(moveDifference(passed([finding('R20', 'warning')]), settings, null)).toMatchObject({ rules: ['R20'] });
});

test('a severity reverts to the product’s when the organisation no longer lowers it', () => {
  expect(moveDifference(passed([finding('R50', 'warning')]), productSettings, null)).toMatchObject({ rules: ['R50'] });
});

test('a finding of a rule that no longer applies stays as it was', () => {
  expect(moveDifference(passed([finding('R98', 'warning')]), productSettings, null)).toBeNull();
});

test('[R05] is re-evaluated on the data of a forward move, if it closes the gate', () => {
  const data = completeM1({ [vinPath]: 'WZZAA111100000011' });
  const settings = { ...productSettings, wmis: ['YV9'], severities: { R05: 'error' as const } };
  expect(moveDifference(passed([]), settings, data)).toEqual({ stage: 'data', opens: false, rules: ['R05'] });
  expect(moveDifference(passed([]), { ...settings, severities: {} }, data)).toBeNull();
  expect(moveDifference(passed([], 'review', 'output'), settings, data)).toMatchObject({ stage: 'data', opens: false });
  expect(moveDifference(passed([], 'output', 'review'), settings, data)).toBeNull();
  expect(moveDifference(passed([finding('R05', 'error', { waived })]), settings, data)).toBeNull();
  const known = { ...settings, wmis: ['WZZ'] };
  expect(moveDifference(passed([finding('R05', 'warning')]), known, data)).toBeNull();
});
