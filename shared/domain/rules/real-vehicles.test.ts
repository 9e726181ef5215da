import { describe, expect, test } from 'vitest';
import type { DataTree } from '#shared/contract/record.ts';
import { passingFacts } from '#test/support/facts.ts';
import { vehicleKinds, vehicleOf, type Changes, type VehicleKind } from '#test/support/vehicles.ts';
import { codesIn, codesInAnyEdition, defaultEdition, editionOf } from '../catalogue/edition.ts';
import { entries, entriesFor } from '../catalogue/catalogue.ts';
import type { VehicleCategory } from '../catalogue/entry.ts';
import { setAt } from '../data-tree.ts';
import { findingsOf, judge } from '../judge.ts';
import { certificateRules } from '../operating-model.ts';
import { productSettings } from '../rule-set.ts';
import { settingsFindings } from '../rule-settings.ts';
import { sentence } from '#shared/text/sentence.ts';
import { approvalNumberOf, wmiKnown } from './register.ts';
import { vinForm, vinPath } from './vin.ts';

const of = 'CocDataGroup';

const speaking = (data: DataTree) =>
  certificateRules
    .flatMap((rule) => findingsOf(rule, passingFacts({ data })))
    .map(({ rule, entry }) => `${rule} ${entry}`);
const spoken = (kind: VehicleKind, changes: Changes) => speaking(vehicleOf(kind, changes));

/** Valid vehicles that a rule wrongly stopped. */
const stopped: [fault: string, kind: VehicleKind][] = [
  ['F2', 'extendable semi-trailer'],
  ['F3', 'motor caravan'],
  ['F3', 'caravan'],
  ['F3', 'dolly'],
  ['F4', 'car for Great Britain'],
  ['F7', 'electric car under Euro 7'],
  ['F8', 'van with a heavy-duty engine'],
  ['F8', 'motor caravan'],
  ['F9', 'drawbar trailer'],
  ['F12', 'tandem centre-axle trailer'],
  ['F12', 'O1 trailer'],
  ['F12', 'car of a small maker'],
  ['F13', 'bus of group 34c'],
  ['F15', 'car with two motors and one power'],
];

test.each(stopped)('(fault %s) accepts a valid %s', (_, kind) => {
  const { verdicts } = judge(passingFacts({ data: vehicleOf(kind) }));
  expect(verdicts.flatMap(({ findings }) => findings).map(sentence)).toEqual([]);
});

describe('a value given as a minimum and a maximum', () => {
  const inFirstRow = (path: string) => path.replaceAll(/(Table\/\w+Group)/g, '$1/0');
  const missing = (kind: VehicleKind, key: string, changes: Changes) =>
    certificateRules
      .filter(({ id }) => ['R50', 'R61', 'R56', 'R30', 'R41'].includes(id))
      .flatMap((rule) => findingsOf(rule, passingFacts({ data: vehicleOf(kind, changes) })))
      .filter(({ entry }) => entry === key);
  const ranged = entries.flatMap((entry) => {
    const { key, path, range } = entry;
    const kind = vehicleKinds.find((one) => missing(one, key, { [inFirstRow(path)]: null }).length > 0);
    return range && kind ? [{ ...entry, range, kind }] : [];
  });

  test('is accepted for every entry that one of the vehicles requires (fault F2)', () => {
    expect(ranged.map(({ number }) => number)).toEqual([
      '4',
      '4.1',
      '5',
      '6',
      '7',
      '9',
      '10',
      '11',
      '12',
      '13',
      '16.1',
      '16.2',
      '27.1',
      '30',
    ]);
  });

  test.each(ranged.map((entry) => [entry.number, entry.key, entry] as const))(
    'satisfies %s %s, and half of it does not (fault F2)',
    (_, __, { key, path, range, kind }) => {
      const [min, max] = [inFirstRow(range.min), inFirstRow(range.max)];
      const both = { [inFirstRow(path)]: null, [min]: '1', [max]: '1' };
      expect(missing(kind, key, both)).toEqual([]);
      expect(missing(kind, key, { ...both, [max]: null })).toHaveLength(1);
      expect(missing(kind, key, { ...both, [min]: null })).toHaveLength(1);
    },
  );
});

test('half a range reports the missing end', () => {
  const height = `${of}/DimensionGroup/Height`;
  const data = vehicleOf('trailer', { [height]: null, [`${height}AdjustableMin`]: '1300' });
  const [finding] = certificateRules.flatMap((rule) => findingsOf(rule, passingFacts({ data })));
  expect(sentence(finding!)).toBe('7 Height has a minimum and no maximum. Enter the maximum, or the one value.');
});

describe('the country of a certificate selects the edition of the schema', () => {
  const edition = (changes: Changes) => editionOf(vehicleOf('petrol car', changes));
  const header = 'Header/DesignatedTypeApprovalCountry';
  const approval = `${of}/TypeApprovalNumber`;

  test('from the header, and without one from the approval (fault F4)', () => {
    expect(edition({})).toBe(defaultEdition);
    expect(edition({ [header]: 'n11' }).name).toContain('Northern Ireland');
    expect(edition({ Header: null, [approval]: 'G11*2018/858*00009*02' }).countries).toContain('g11');
    expect(edition({ Header: null, [approval]: null })).toBe(defaultEdition);
  });

  test('whose lists apply (fault F4)', () => {
    const british = edition({ [header]: 'g11' });
    const codes = (list: Parameters<typeof codesIn>[1]) => Object.keys(codesIn(british, list));
    expect(codes('designatedTypeApprovalCountry')).toEqual(['g11', 'n11']);
    expect(codes('ecoInnovationCountry')).toEqual(expect.arrayContaining(['e4', 'g11']));
    expect(Object.keys(codesIn(defaultEdition, 'designatedTypeApprovalCountry'))).not.toContain('g11');
    expect(Object.keys(codesInAnyEdition('designatedTypeApprovalCountry'))).toHaveLength(29);
  });

  test('24c passes with a warning because the schema lists it (fault F13)', () => {
    expect(spoken('bus of group 34c', { [`${of}/VectoGroup/VehicleGroup`]: '24c' })).toEqual(['R62 vehicleGroup']);
  });
});

test.each(['AX', 'ZX', 'Euro 7 FE', 'Euro 7 HT'])('[R28] accepts %s for an electric car (fault F7)', (level) =>
  expect(spoken('pure electric car', { [`${of}/ExhaustEmissionLevel`]: level })).toEqual([]),
);

test('a fuel type on an electric car is a warning (fault F7)', () => {
  const data = vehicleOf('pure electric car', { [`${of}/FuelType`]: 'M' });
  const findings = certificateRules.flatMap((rule) => findingsOf(rule, passingFacts({ data })));
  expect(findings).toMatchObject([{ rule: 'R63', severity: 'warning', entry: 'fuelType' }]);
});

test.each([
  [1680, 1110, []],
  [1680, 1111, []],
  [1680, 1109, []],
  [1680, 1112, ['R17 massDistribution']],
])('[R17] axles of %i and %i kg, each rounded, add up to 2,790 kg (fault F10)', (front, rear, rules) => {
  const axles = `${of}/AxleTable/AxleGroup`;
  const spread = {
    [`${axles}/0/DistributionMassRunningOrderAxle`]: `${front}`,
    [`${axles}/1/DistributionMassRunningOrderAxle`]: `${rear}`,
  };
  expect(spoken('electric van', spread)).toEqual(rules);
});

test.each('M1 M2 M3 N1 N2 N3 O1 O2 O3 O4'.split(' ') as VehicleCategory[])(
  'an %s without other data has one finding for each required entry (fault F11)',
  (category) => {
    for (const stage of ['C', 'I', 'V']) {
      const rules = speaking({ [of]: { VehicleCategory: category, StageOfCompletion: stage } }).map(
        (one) => one.split(' ')[1],
      );
      expect(rules.filter((entry, at) => rules.indexOf(entry) < at)).toEqual([]);
      expect(rules.length).toBeGreaterThan(5);
    }
    expect(entriesFor(category).length).toBeGreaterThan(50);
  },
);

test.each(vehicleKinds)('a %s never has two findings for one missing entry (fault F11)', (kind) => {
  const whole = vehicleOf(kind);
  const twice = entries.flatMap(({ key, path, alternatives = [] }) => {
    const without = [path, ...alternatives.map((part) => part.path)].reduce(
      (data, address) => (address.includes('Table/') ? withoutLeaves(data, address) : setAt(data, address, null)),
      whole,
    );
    const missed = certificateRules
      .filter(({ id }) =>
        ['R50', 'R61', 'R56', 'R57', 'R30', 'R31', 'R32', 'R34', 'R35', 'R24', 'R38', 'R40', 'R41', 'R43'].includes(id),
      )
      .flatMap((rule) => findingsOf(rule, passingFacts({ data: without })))
      .filter(({ entry }) => entry === key);
    const places = missed.map(({ params }) => `${params['at'] ?? ''}`);
    return new Set(places).size < places.length ? [`${key}: ${missed.map(({ rule }) => rule).join(' ')}`] : [];
  });
  expect(twice).toEqual([]);
});

/** The tree without an element, in every row. */
function withoutLeaves(data: DataTree, path: string): DataTree {
  const steps = path.replaceAll(/\[[^\]]*\]/g, '').split('/');
  const drop = (node: DataTree[string] | undefined, at: number): DataTree[string] | undefined => {
    if (node === undefined || typeof node === 'string') return node;
    if (Array.isArray(node)) return node.map((row) => drop(row, at) as DataTree);
    const name = steps[at]!;
    const { [name]: child, ...others } = node;
    if (child === undefined || at === steps.length - 1) return others;
    return { ...node, [name]: drop(child, at + 1)! };
  };
  return drop(data, 0) as DataTree;
}

describe('the manufacturer identifier of a small-series manufacturer', () => {
  const data = vehicleOf('petrol car', { [vinPath]: 'YV9ECBAFPTTABC101' });
  const known = (...wmis: string[]) =>
    findingsOf(wmiKnown, passingFacts({ data, settings: { ...productSettings, wmis } }));

  test('has six characters (fault F12)', () => {
    expect(settingsFindings({ ...productSettings, wmis: ['YV9ABC', 'WVW', 'SA9'] })).toEqual([]);
    expect(settingsFindings({ ...productSettings, wmis: ['WVWABC', 'YV9AB'] }).map(({ rule }) => rule)).toEqual([
      'M22',
      'M22',
    ]);
  });

  test('[R05] is found in two places of the VIN (fault F12)', () => {
    expect(known('YV9ABC')).toEqual([]);
    expect(known('WVW', 'YV9')).toEqual([]);
    expect(known('YV9ABD').map(({ params }) => params['wmi'])).toEqual(['YV9ABC']);
  });
});

describe('a letter of another alphabet', () => {
  test.each([
    ['Т4', 'character 1 is Т, a Cyrillic letter (U+0422) that looks like T'],
    ['FJ2Ο', 'character 4 is Ο, a Greek letter (U+039F) that looks like O'],
    ['FJ\u200B2', 'character 3 is an invisible character (U+200B)'],
    ['FJ–2', 'character 3 is –, another kind of dash (U+2013) that looks like -'],
    ['FJ\u00A02', 'character 3 is another kind of blank (U+00A0)'],
    ['ＦJ2', 'character 1 is Ｆ, a character of another width (U+FF26) that looks like F'],
    ['FJ٢', 'character 3 is ٢, a digit of another script (U+0662)'],
    ['FJא', 'character 3 is א, a letter of another alphabet (U+05D0)'],
  ])('[R64] is reported in the variant %j (fault F15)', (variant, words) => {
    const data = vehicleOf('petrol car', { [`${of}/Variant`]: variant });
    const [finding, ...more] = certificateRules.flatMap((rule) => findingsOf(rule, passingFacts({ data })));
    expect(finding).toMatchObject({ rule: 'R64', entry: 'variant', severity: 'warning' });
    expect(sentence(finding!)).toContain(words);
    expect(more).toEqual([]);
  });

  test('[R64] is not a letter with an accent or a Latin capital (fault F15)', () => {
    expect(spoken('petrol car', { [`${of}/Variant`]: 'Ärø É-1/ß' })).toEqual([]);
  });

  test('[R01] is reported in a VIN (fault F15)', () => {
    const [finding] = findingsOf(
      vinForm,
      passingFacts({ data: vehicleOf('petrol car', { [vinPath]: 'YV9ECBВ1PTT000001' }) }),
    );
    expect(sentence(finding!)).toContain(
      '17 characters, and character 7 is В, a Cyrillic letter (U+0412) that looks like B',
    );
  });
});

test('[R06] an approval number in capitals is found in the register, and the finding shows the register’s notation (fault F15)', () => {
  const data = vehicleOf('petrol car', { [`${of}/TypeApprovalNumber`]: 'E4*2018/858*00411*02' });
  expect(approvalNumberOf(data)).toBe('e4*2018/858*00411*02');
  const { verdicts } = judge(passingFacts({ data }));
  const findings = verdicts.flatMap((verdict) => verdict.findings);
  expect(findings.map(({ rule }) => rule)).toEqual(['R06']);
  expect(sentence(findings[0]!)).toContain('Enter e4*2018/858*00411*02.');
});
