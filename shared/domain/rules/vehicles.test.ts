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

describe.each(vehicleKinds)('a whole %s', (kind) => {
  test('is let through every gate without a word', () => expect(findings(kind).map(sentence)).toEqual([]));

  test('is made of elements of the message', () => {
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
)('%s speak of a %s with %s, and no other rule does', (_, __, ___, { kind, changes, rules }) => {
  const found = findings(kind, changes);
  expect([...new Set(found.map(({ rule }) => rule))].sort()).toEqual(rules.split(' ').sort());
  for (const finding of found) {
    expect(finding.entry).not.toBeNull();
    expect(sentence(finding)).toMatch(/^[^{}]{20,}$/);
    expect(sentence(finding)).not.toMatch(/undefined|NaN|null|Infinity/);
  }
});

/** Nothing of the record bounds these: numbers of rows, results of tests, a load by its driver's leave, counts of 0. */
const unbounded =
  /(AxleNumber|TyreNumber|CouplingNumber|Colour|CoefficientF[12]|Rde\w+|WltpType1\w+|Wh[st]c\w+|Wltp\w*(Weighted|Depleting)\w*|ValueD|ValueS|CouplingDistributionMassRunningOrder|Average\w+|SpecificCo2\w+|VehicleGroup|ChargeSustainingMedium)$/;

test.each(vehicleKinds)('[R51] [R58] [R60] a digit too many in any value of a %s is found', (kind) => {
  // A trailer of 20 m may have its axles anywhere.
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
