import { describe, expect, test } from 'vitest';
import type { DataTree } from '#shared/contract/record.ts';
import { passingApproval, passingFacts } from '#test/support/facts.ts';
import { invalidRecords as spoiltVehicles } from '#test/support/invalid-records.ts';
import { completeM1, vehicleOf } from '#test/support/vehicles.ts';
import type { Facts } from '../facts.ts';
import { findingsOf, judge, previewMove, verdictOnMove } from '../judge.ts';
import { defaultModel } from '../operating-model.ts';
import type { Rule } from '../rule.ts';
import { productSettings } from '../rule-set.ts';
import { sentence } from '#shared/text/sentence.ts';
import { buildStagePath } from '../catalogue/called-for.ts';
import { categoryPath } from './entries.ts';
import { approvalPath } from './approval.ts';
import { vinPath } from './vin.ts';

const rules = new Map<string, Rule>(defaultModel.stages.flatMap(({ gate }) => gate.map((rule) => [rule.id, rule])));
const withEntry = (path: string, value: string | null) => ({ data: completeM1({ [path]: value }) });
const open = { required: 2, requiredDone: 1, total: 2, done: 1, ticked: ['one'] };
const vin = 'YV9ECBB1PTT00000';
const of = 'CocDataGroup';
const axles = `${of}/AxleTable/AxleGroup`;
const plate = 'LocationMarkingsGroup[LocationMarkingsSubject=STAT]';
const present = (data: DataTree) => findingsOf(rules.get('R50')!, passingFacts({ data }));

const upTo = (entry: string, max: number) => ({ entry, min: null, max, oneOf: null });

const unproven = { name: 'Runa Voss', inviter: { id: 'owner', name: 'Dario Costa' } };

/** The invalid cases of each rule: a title and the single change that violates the rule. */
const refused: [id: string, what: string, spoilt: Partial<Facts>][] = [
  ['R01', 'a VIN of 16 characters', withEntry(vinPath, vin)],
  ['R01', 'a VIN in small letters', withEntry(vinPath, `${vin}1`.toLowerCase())],
  ['R01', 'a missing VIN', withEntry(vinPath, null)],
  ['R02', 'a VIN with an O', withEntry(vinPath, `${vin}O`)],
  ['R04b', 'a VIN that ends in a letter', withEntry(vinPath, 'YV9ECBB1PTT00000A')],
  ['R03', 'a VIN that another record has', { vinHolder: 'PT-1' }],
  ['R06', 'a capital E in the approval number', withEntry(approvalPath, 'E4*2018/858*00411*02')],
  ['R06', 'an approval number without its act', withEntry(approvalPath, 'e4*00411*02')],
  ['R50', 'a missing actual mass', withEntry(`${of}/MassGroup/ActualMass`, null)],
  ['R50', 'an axle without its mass', withEntry(`${axles}/1/TechnicallyPermissibleMassAxle`, null)],
  ['R50', 'an axle without tyres', withEntry(`${axles}/1/TyreAxleTable`, null)],
  ['R50', 'a plate without its place, though the VIN has one', withEntry(`${of}/LocationMarkingsTable/${plate}`, null)],
  ['R50', 'an empty make', withEntry(`${of}/MakeTable/MakeGroup/0/Make`, '')],
  ['R51', 'a decimal comma', withEntry(`${of}/MassGroup/ActualMass`, '2187,5')],
  ['R51', 'a decimal where a whole number belongs', withEntry(`${of}/DimensionGroup/Wheelbase`, '2580.0')],
  ['R51', 'a day the calendar does not have', withEntry(`${of}/DateManufactureVehicle`, '2026-02-30')],
  ['R51', 'a code in the wrong case', withEntry(`${of}/RightLeftHandTraffic`, 'right')],
  ['R51', 'a number past its limit', withEntry(`${of}/DimensionGroup/Width`, '18950')],
  ['R51', 'a day of manufacture in the future', withEntry(`${of}/DateManufactureVehicle`, '2026-11-26')],
  ['R51', 'a part of an entry', withEntry(`${of}/ConfigurationDoorsGroup/NumberOfDoorsLeft`, 'two')],
  ['R51', 'an element that stands in for an entry', withEntry(`${of}/DimensionGroup/WheelbaseAdjustableMin`, '2 580')],
  ['R51', 'a value of the second row', withEntry(`${axles}/1/AxleTrack`, '1.6 m')],
  ['R51', 'a text that is too long', withEntry(`${of}/Type`, 'X'.repeat(16))],
  ['R52', 'an unknown category', withEntry(categoryPath, 'M9')],
  ['R52', 'a missing category', withEntry(categoryPath, null)],
  ['R53', 'a blank behind a type', withEntry(`${of}/Type`, 'FJ2 ')],
  ['R54', 'an incomplete vehicle', withEntry(buildStagePath, 'I')],
  ['R05', 'a VIN of another manufacturer', { settings: { ...productSettings, wmis: ['XYZ'] } }],
  ['R08', 'an approval that is not in the register', { approval: null }],
  ['R08', 'an extension the register lacks', { approval: null, otherExtensions: ['00', '01'] }],
  ['R08', 'an approval that is not granted yet', { approval: passingApproval({ issuedOn: null }) }],
  ['R08', 'an approval that ended yesterday', { approval: passingApproval({ expiresOn: '2026-11-23' }) }],
  ['R08', 'a withdrawn approval', { approval: passingApproval({ withdrawn: { on: '2026-11-24', why: 'x' } }) }],
  ['R09', 'a type the approval does not cover', { approval: passingApproval({ covers: [] }) }],
  ['R55', 'a category the approval was not granted for', { approval: passingApproval({ categories: ['N1'] }) }],
  [
    'R20',
    'a mass above what the approval allows',
    { approval: passingApproval({ ranges: [upTo('actualMass', 100)] }) },
  ],
  [
    'R44',
    'a signatory who is not on the list',
    { approval: passingApproval({ signatories: [{ name: 'Nobody', position: null }] }) },
  ],
  ['P01', 'a closed scope', { scope: { state: 'closed' } }],
  ['P02', 'no data owner', { duties: { ...passingFacts().duties, dataOwner: null } }],
  ['P03', 'no reviewer', { duties: { ...passingFacts().duties, reviewer: null } }],
  ['P04', 'a reviewer who owns the data', { duties: { ...passingFacts().duties, reviewer: 'owner' } }],
  ['P05', 'no signatory', { duties: { ...passingFacts().duties, signatory: null } }],
  ['P06', 'no review', { review: null }],
  ['P06', 'a review of other data', { dataHash: 'changed' }],
  ['P06', 'a review that returned it', { review: { ...passingFacts().review!, outcome: 'returned' } }],
  ['P06', 'a review whose tick was taken away', { review: { ...passingFacts().review!, ticked: ['gone'] } }],
  ['P15', 'a review under other rules', { ruleSet: '9.9' }],
  ['P16', 'a review by somebody whom an editor let in by a link', { review: { ...passingFacts().review!, unproven } }],
  [
    'P17',
    'a waiver approved by somebody whom its requester let in by a link',
    { waivers: [{ id: 'w', rule: 'R50', endsOn: '2026-12-24', unproven }] },
  ],
  ['P07', 'a review by somebody who typed some of it', { editors: ['owner', 'reviewer'] }],
  ['P08', 'an open exception that blocks review', { exceptions: [{ kind: 'other', cause: 'x', blocks: 'review' }] }],
  [
    'P09',
    'an open exception that blocks delivery',
    { exceptions: [{ kind: 'other', cause: 'x', blocks: 'delivery' }] },
  ],
  ...spoiltVehicles.flatMap(({ rules: ids, kind, what, changes }) =>
    ids
      .split(' ')
      .map((id): [string, string, Partial<Facts>] => [
        id,
        `a ${kind} with ${what}`,
        { data: vehicleOf(kind, changes) },
      ]),
  ),
  ['P10', 'an open item of the data checklist', { checklist: { ...passingFacts().checklist, data: open } }],
  ['P11', 'an open item of the review checklist', { checklist: { ...passingFacts().checklist, review: open } }],
  ['P12', 'an open item of the output checklist', { checklist: { ...passingFacts().checklist, output: open } }],
  ['P13', 'an open item of the signing checklist', { checklist: { ...passingFacts().checklist, signing: open } }],
  ['P14', 'an open item of the delivery checklist', { checklist: { ...passingFacts().checklist, delivery: open } }],
];

describe.each([...rules])('[%s]', (id, rule) => {
  test('accepts a complete record', () => {
    expect(findingsOf(rule, passingFacts())).toEqual([]);
  });

  const cases = refused.filter(([of]) => of === id);
  test('has a case that it refuses', () => expect(cases).not.toEqual([]));
  test.each(cases)('[%s] refuses %s, with a sentence', (_, __, spoilt) => {
    const findings = findingsOf(rule, passingFacts(spoilt));
    expect(findings[0]).toMatchObject({ rule: id, severity: rule.severity });
    expect(sentence(findings[0]!)).toMatch(/^[^{}]{20,}$/);
  });
});

const approved = (number: string, kind = 'EU') =>
  passingFacts({ data: completeM1({ [approvalPath]: number, [`${of}/TypeApprovalType`]: kind }) });

test.each([
  ['e4*2018/858*00411*02', 'EU'],
  ['e1*2007/46*0481*13', 'EU'],
  ['e1*2007/46*1321', 'EU'],
  ['e1*2001/116*0145*', 'EU'],
  ['e13*2001/116*0088* ', 'EU'],
  ['e11*KS07/46*0041*03', 'ESS'],
  ['e4*KS18/858*00008*02', 'ESS'],
  ['e5*NKS18/858*00012*00', 'NSS'],
  ['e5*NKS*0012*00', 'NSS'],
  ['g11*2018/858*00009*02', 'EU'],
])('[R06] accepts %s for an approval of the kind %s', (number, kind) =>
  expect(findingsOf(rules.get('R06')!, approved(number, kind))).toEqual([]),
);

test.each([
  '-',
  'e*13*97/27*0038*02',
  'e1*2001/116/0318*01',
  'e1/2001/116/0415*00',
  'e1*2007/46*0422-15',
  'e1*98/14D0081*07',
  'e13*2007/461186*03',
  'e2*2001/116/*0329',
  'e11*2001/116\u00dc*0198*01',
  'e11*KS*0041*03',
  'e5*NKS*9994*00',
  'e5*NKS07/46*9994*00',
  'e1*2001/116*0145**',
  'E1*2007/46*0481*13',
])('[R06] warns about %s', (number) =>
  expect(findingsOf(rules.get('R06')!, approved(number))).toMatchObject([{ severity: 'warning' }]),
);

test('[R50] names the row that lacks an entry', () => {
  const second = completeM1({ [`${axles}/1/TyreAxleTable/TyreAxleGroup/0/RimSize`]: null });
  expect(present(second).map(sentence)).toEqual(['35 Rim size is missing for axle 2, tyre 1. Enter it.']);
});

test('[R50] accepts the twin wheel index, or the ends of a wheelbase, instead of the entry', () => {
  const tyre = `${axles}/0/TyreAxleTable/TyreAxleGroup/0`;
  const twin = { [`${tyre}/LoadCapacityIndexSingleWheel`]: null, [`${tyre}/LoadCapacityIndexTwinWheel`]: '102' };
  const range = {
    [`${of}/DimensionGroup/Wheelbase`]: null,
    [`${of}/DimensionGroup/WheelbaseAdjustableMin`]: '2580',
    [`${of}/DimensionGroup/WheelbaseAdjustableMax`]: '2880',
  };
  expect(present(completeM1({ ...twin, ...range }))).toEqual([]);
});

test('[R50] counts its requirements, and never has more findings than requirements', () => {
  const { asks } = rules.get('R50')!;
  for (const data of [completeM1(), {}, { CocDataGroup: { VehicleCategory: 'M1' } }]) {
    expect(present(data).length).toBeLessThanOrEqual(asks!(passingFacts({ data })));
  }
  expect(present({ CocDataGroup: { VehicleCategory: 'M1' } })).toHaveLength(
    asks!(passingFacts({ data: { CocDataGroup: { VehicleCategory: 'M1' } } })) - 1,
  );
});

test('[R50] requires only the first page for a vehicle built in several stages', () => {
  const technical = { [`${of}/MassGroup/ActualMass`]: null };
  expect(present(completeM1({ ...technical, [buildStagePath]: 'I' }))).toEqual([]);
  expect(present(completeM1({ [`${of}/TypeApprovalNumber`]: null, [buildStagePath]: 'V' }))).toHaveLength(1);
});

test('[R50] requires the entries of each category', () => {
  const van = present(completeM1({ [categoryPath]: 'N2', [`${of}/ColourTable`]: null })).map(({ entry }) => entry);
  expect(van).toContain('rearOverhang');
  expect(van).not.toContain('colour');
});

test('[R51] reports one finding per value', () => {
  const wrong = completeM1({ [`${axles}/0/AxleTrack`]: '1.6 m' });
  expect(findingsOf(rules.get('R51')!, passingFacts({ data: wrong }))).toHaveLength(1);
});

test('[R01] [R51] values keep the notation they were entered in', () => {
  const data = completeM1({ [vinPath]: 'yv9ecbb1ptt000001', [`${of}/MassGroup/ActualMass`]: ' 2187' });
  const before = structuredClone(data);
  judge(passingFacts({ data }));
  expect(data).toEqual(before);
});

test('[P08] ignores an exception that blocks a later stage', () => {
  const exceptions: Facts['exceptions'] = [{ kind: 'delivery', cause: 'x', blocks: 'delivery' }];
  expect(findingsOf(rules.get('P08')!, passingFacts({ exceptions }))).toEqual([]);
});

test('[R51] quotes at most 80 characters of a value', () => {
  const [finding] = findingsOf(rules.get('R51')!, passingFacts(withEntry(`${of}/Type`, 'X'.repeat(1_000_000))));
  expect(String(finding!.params['value'])).toHaveLength(81);
});

test('a move checks the gates of every stage it enters, and the preview on the card matches', () => {
  const { verdicts, marks } = judge(
    passingFacts({ review: null, duties: { ...passingFacts().duties, dataOwner: null } }),
  );
  for (const stage of ['data', 'review', 'output', 'archive'] as const) {
    const verdict = verdictOnMove(verdicts, 'intake', stage);
    const preview = previewMove(marks, 'intake', stage);
    expect(verdict.open).toBe(false);
    expect(preview).toMatchObject({ open: false, first: verdict.findings[0] });
  }
  expect(verdictOnMove(verdicts, 'review', 'data')).toMatchObject({ open: true, findings: [] });
});

test.each([...rules].filter(([, { severity }]) => severity === 'error'))(
  '[%s] never has more findings than requirements',
  (_, rule) => {
    for (const { kind, changes } of spoiltVehicles) {
      const facts = passingFacts({ data: vehicleOf(kind, changes) });
      expect(findingsOf(rule, facts).length).toBeLessThanOrEqual(rule.asks?.(facts) ?? 1);
    }
  },
);

test('[P06] the data owner or the lead fixes what a reviewer returned; the reviewer fixes anything else (fault P6)', () => {
  const mendIn = (more: Parameters<typeof passingFacts>[0]) =>
    findingsOf(rules.get('P06')!, passingFacts(more))[0]?.mend;
  expect(mendIn({ review: { ...passingFacts().review!, outcome: 'returned' } })).toEqual(['dataOwner', 'lead']);
  expect(mendIn({ review: null })).toEqual(['reviewer']);
  expect(mendIn({ dataHash: 'changed' })).toEqual(['reviewer']);
});
