import { describe, expect, test } from 'vitest';
import type { DataNode } from '#shared/contract/record.ts';
import { passingFacts } from '#test/support/facts.ts';
import { invalidRecords } from '#test/support/invalid-records.ts';
import { vehicleKinds, vehicleOf, type Changes, type VehicleKind } from '#test/support/vehicles.ts';
import { isValuePath } from '../catalogue/value-path.ts';
import { judge } from '../judge.ts';
import { sentence } from '#shared/text/sentence.ts';

function findings(kind: VehicleKind, changes: Changes = {}) {
  const { verdicts } = judge(passingFacts({ data: vehicleOf(kind, changes) }));
  return verdicts.flatMap((verdict) => verdict.findings);
}

function values(node: DataNode, path: string): [path: string, value: string][] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node).flatMap(([step, child]) => values(child, path === '' ? step : `${path}/${step}`));
}

describe.each(vehicleKinds)('a valid %s', (kind) => {
  test('passes every gate without a finding', () => expect(findings(kind).map(sentence)).toEqual([]));

  test('consists of elements of the message', () => {
    const paths = values(vehicleOf(kind), '').map(([path]) => path);
    expect(paths.filter((path) => !isValuePath(path))).toEqual([]);
  });
});

test.each(
  invalidRecords.map(
    (row) =>
      [
        row.rules
          .split(' ')
          .map((id) => `[${id}]`)
          .join(' '),
        row.kind,
        row.what,
        row,
      ] as const,
  ),
)('%s report a %s with %s, and no other rule does', (_, __, ___, { kind, changes, rules }) => {
  const found = findings(kind, changes);
  expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(rules.split(' ').sort());
  for (const finding of found) {
    expect(finding.entry).not.toBeNull();
    expect(sentence(finding)).toMatch(/^[^{}]{20,}$/);
    expect(sentence(finding)).not.toMatch(/undefined|NaN|null|Infinity/);
  }
});

/** The record has no bound for these: row numbers, test results, a load at the driver's discretion, counts of 0. */
const unbounded =
  /(AxleNumber|TyreNumber|CouplingNumber|Colour|CoefficientF[12]|Rde\w+|WltpType1\w+|Wh[st]c\w+|Wltp\w*(Weighted|Depleting)\w*|ValueD|ValueS|CouplingDistributionMassRunningOrder|Average\w+|SpecificCo2\w+|VehicleGroup|ChargeSustainingMedium)$/;

test.each(vehicleKinds)('[R51] [R58] [R60] an extra digit in any value of a %s is reported', (kind) => {
  // The axles of a 20 m trailer may be anywhere.
  const free = kind === 'extendable semi-trailer' ? /AxleSpacing(AdjustableMax)?$/ : /^$/;
  const numbers = values(vehicleOf(kind), '').filter(
    ([path, value]) => /^\d+(\.\d+)?$/.test(value) && Number(value) > 0 && !unbounded.test(path) && !free.test(path),
  );
  const unseen = numbers.filter(([path, value]) => {
    const places = value.split('.')[1]?.length ?? 0;
    return findings(kind, { [path]: (Number(value) * 10).toFixed(places) }).length === 0;
  });
  expect(unseen.map(([path]) => path)).toEqual([]);
});
