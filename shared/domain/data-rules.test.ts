import { expect, test } from 'vitest';
import { passingFacts } from '#test/support/facts.ts';
import { dataRules } from './data-rules.ts';
import { factsOfNewRecord } from './facts.ts';
import { findingsOf } from './judge.ts';
import { setAt } from './data-tree.ts';
import { sampleVehicle } from './samples/vehicle.ts';

const spoilt = [
  ['CocDataGroup/VehicleIdentificationNumber', 'yv9o'],
  ['CocDataGroup/VehicleCategory', 'm1'],
  ['CocDataGroup/MaximumSpeed', '180,5'],
  ['CocDataGroup/TypeApprovalNumber', '4711'],
  ['CocDataGroup/StageOfCompletion', 'V'],
  ['CocDataGroup/MassGroup/ActualMass', null],
  ['CocDataGroup/DateManufactureVehicle', '2031-01-01'],
] as const;
const vehicles = [
  ...spoilt.map(([path, text]) => setAt(sampleVehicle({ number: 1 }), path, text)),
  spoilt.reduce((data, [path, text]) => setAt(data, path, text), sampleVehicle({ number: 2 })),
  {},
];

test('these rules read only what the browser has of a record', () => {
  for (const data of vehicles) {
    const whole = passingFacts({ data, vinHolder: 'PT-7', approval: null, editors: [], review: null });
    const known = factsOfNewRecord({ today: whole.today, data, settings: whole.settings });
    for (const rule of dataRules) expect(findingsOf(rule, known)).toEqual(findingsOf(rule, whole));
  }
});

test('every other rule of a gate needs more than the data', () => {
  const ids = dataRules.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['R01', 'R06', 'R50', 'R51', 'R52', 'R53']));
  expect(ids.filter((id) => ['R03', 'R08', 'R09', 'R20', 'R44', 'R55'].includes(id) || id.startsWith('P'))).toEqual([]);
});
