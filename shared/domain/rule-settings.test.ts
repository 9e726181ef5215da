import { expect, test } from 'vitest';
import type { RuleSettings } from '#shared/contract/rule-set.ts';
import { fixedRules, productSettings } from './rule-set.ts';
import {
  plainSettings,
  ruleLines,
  rulesAsked,
  sameSettings,
  settingsChanges,
  settingsFindings,
} from './rule-settings.ts';

const settings = (changes: Partial<RuleSettings>): RuleSettings => ({ ...productSettings, ...changes });
const said = (changes: Partial<RuleSettings>) => settingsFindings(settings(changes)).map(({ rule }) => rule);

test('lists every rule once, with all its gates', () => {
  const lines = ruleLines();
  expect(lines.map(({ id }) => id)).toEqual([...rulesAsked.keys()]);
  expect(lines.find(({ id }) => id === 'P09')!.stages).toEqual(['output', 'signing', 'delivery', 'archive']);
  expect(
    lines
      .filter(({ fixed }) => fixed)
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...fixedRules].sort());
});

test('settings are equal regardless of notation', () => {
  const written = settings({ severities: { R53: 'error', R50: 'error' }, wmis: ['YV9', 'ABC', 'YV9'] });
  const again = settings({ severities: { R50: 'error', R53: 'error' }, wmis: ['ABC', 'YV9'] });
  expect(plainSettings(written)).toEqual(settings({ severities: { R53: 'error' }, wmis: ['ABC', 'YV9'] }));
  expect(sameSettings(written, again)).toBe(true);
  expect(sameSettings(written, { ...again, waiverDays: 1 })).toBe(false);
});

test('[M20] [M21] [M22] reports every invalid setting once', () => {
  expect(said({ severities: { R50: 'info', R53: 'error' }, wmis: ['YV9'], waiverDays: 730 })).toEqual([]);
  expect(said({ severities: { R99: 'error' } })).toEqual(['M20']);
  expect(said({ severities: { P06: 'warning' } })).toEqual(['M21']);
  expect(said({ severities: { P06: 'error' } })).toEqual([]);
  expect(said({ wmis: ['YV', 'YVO', 'YV99', 'yv9'] })).toEqual(['M22', 'M22', 'M22', 'M22']);
  expect(said({ waiverDays: 0 })).toEqual(['M22']);
  expect(said({ waiverDays: 731 })).toEqual(['M22']);
});

test('differences of two versions show the old and new value', () => {
  const before = settings({ severities: { R53: 'error' }, wmis: ['YV9'] });
  const after = settings({ severities: { R50: 'warning' }, wmis: ['YV9', 'ABC'], waiverDays: 30 });
  expect(settingsChanges(before, after)).toEqual([
    { what: 'severity', rule: 'R50', before: 'error', after: 'warning' },
    { what: 'severity', rule: 'R53', before: 'error', after: 'warning' },
    { what: 'wmis', before: 'YV9', after: 'ABC, YV9' },
    { what: 'waiverDays', before: '90', after: '30' },
  ]);
  expect(settingsChanges(before, before)).toEqual([]);
});
