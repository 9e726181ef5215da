import type { DataTree } from '#shared/contract/record.ts';
import { numberAt, rowsAt, textAt } from '../data-tree.ts';
import { isPresent } from '../present-value.ts';
import { ok, violation, type Rule, type Violation } from '../rule.ts';
import { categoryOf } from './entries.ts';

export const axlesPath = 'CocDataGroup/AxleTable/AxleGroup';
const construction = 'CocDataGroup/GeneralConstructionGroup';

/** R11. Each axle has its own row. */
export const axleCount: Rule = {
  id: 'R11',
  key: 'axles.count',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const stated = numberAt(data, `${construction}/NumberOfAxles`);
    const rows = rowsAt(data, axlesPath).length;
    return stated === undefined || rows === 0 || stated === rows
      ? ok
      : violation({ entry: 'numberOfAxles', params: { said: stated, rows } });
  },
};

/** R12. */
export const axlesPowered: Rule = {
  id: 'R12',
  key: 'axles.flagged',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) => countAgainstFlags(data, 'NumberOfPoweredAxles', 'PoweredAxleIndicator', 'numberOfPoweredAxles'),
};

/** R13. */
export const axlesSteeredTwin: Rule = {
  id: 'R13',
  key: 'axles.flagged',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  asks: () => 2,
  check: ({ data }) => [
    ...countAgainstFlags(data, 'NumberOfSteeredAxles', 'SteeredAxleIndicator', 'numberOfSteeredAxles'),
    ...countAgainstFlags(data, 'NumberOfAxlesWithTwinWheels', 'TwinWheelsAxleIndicator', 'numberOfTwinWheelAxles'),
  ],
};

const whats: Readonly<Record<string, string>> = {
  numberOfPoweredAxles: 'powered',
  numberOfSteeredAxles: 'steered',
  numberOfTwinWheelAxles: 'twin',
};

function countAgainstFlags(data: DataTree, total: string, flag: string, entry: string): readonly Violation[] {
  const stated = numberAt(data, `${construction}/${total}`);
  const flags = rowsAt(data, axlesPath).map((axle) => textAt(axle, flag));
  if (stated === undefined || flags.length === 0 || !flags.every((text) => text === 'Y' || text === 'N')) return ok;
  const flagged = flags.filter((text) => text === 'Y').length;
  return stated === flagged ? ok : violation({ entry, params: { what: whats[entry]!, said: stated, flagged } });
}

/** R14. A warning: in an official sample, a spacing differs from the wheelbase by 50 mm. */
export const axleSpacings: Rule = {
  id: 'R14',
  key: 'axles.spacing',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const axles = rowsAt(data, axlesPath);
    const given = axles.slice(0, -1).map((axle) => hasSpacing(axle));
    // If no axle has a spacing, R50 reports it.
    const gaps = given.includes(true) ? given.flatMap((there, index) => (there ? [] : [index + 1])) : [];
    const missing = gaps.map((row) => ({ entry: 'axleSpacing', params: { at: `AxleGroup/${row}` } }));
    const wheelbase = numberAt(data, 'CocDataGroup/DimensionGroup/Wheelbase');
    const spacing = axles.length === 2 && isBetweenAxles(data) ? numberAt(axles[0]!, 'AxleSpacing') : undefined;
    return wheelbase === undefined || spacing === undefined || wheelbase === spacing
      ? missing
      : [...missing, { entry: 'wheelbase', params: { wheelbase, spacing } }];
  },
};

const hasSpacing = (axle: DataTree): boolean =>
  isPresent(axle, {
    path: 'AxleSpacing',
    range: { min: 'AxleSpacingAdjustableMin', max: 'AxleSpacingAdjustableMax' },
    alternatives: [],
  });

/**
 * Whether the wheelbase is measured between the axles. Of a semi-trailer or centre-axle trailer it starts at the
 * coupling, of any other vehicle at the first axle.
 */
const isBetweenAxles = (data: DataTree) =>
  !categoryOf(data)?.startsWith('O') ||
  textAt(data, 'CocDataGroup/BodyworkTable/BodyworkGroup/CodeForBodywork') === 'DB';
