import type { DataTree } from '#shared/contract/record.ts';
import { entries } from '../catalogue/catalogue.ts';
import { convertorsPath } from '../catalogue/powertrain.ts';
import { numberAt, rowsAt } from '../data-tree.ts';
import type { Rule, Violation } from '../rule.ts';
import { axlesPath } from './axles.ts';
import { categoryOf, titleParams } from './entries.ts';

const of = 'CocDataGroup/DimensionGroup';

/** R58. A warning, because the limits are derived. It detects an extra digit, which the schema accepts. */
export const dimensionsPlausible: Rule = {
  id: 'R58',
  key: 'dimension.plausible',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const [dimensions] = rowsAt(data, of);
    const largest = (name: string) =>
      dimensions && (numberAt(dimensions, name) ?? numberAt(dimensions, `${name}AdjustableMax`));
    const length = largest('Length');
    const width = largest('Width');
    const violations: Violation[] = [];
    const compare = (entry: string, what: string, value: number | undefined, most: number | undefined, at?: string) => {
      if (value !== undefined && most !== undefined && value > most) {
        violations.push({ entry, params: { what, is: value, most, ...(at ? { at } : {}) } });
      }
    };
    const wheelbase = largest('Wheelbase');
    compare('wheelbase', 'wheelbase', wheelbase, length);
    // An articulated bus of 24 m has a first wheelbase of about 5 m.
    if (/^[MN]/.test(categoryOf(data) ?? '')) compare('length', 'length', length, wheelbase && wheelbase * 6);
    compare('loadingAreaLength', 'loadingArea', largest('LengthLoadingArea'), length);
    compare('rearOverhang', 'rearOverhang', largest('RearOverhang'), length);
    for (const [index, axle] of rowsAt(data, axlesPath).entries()) {
      const at = `AxleGroup/${index + 1}`;
      compare('axleTrack', 'track', numberAt(axle, 'AxleTrack'), width, at);
      compare('axleSpacing', 'spacing', numberAt(axle, 'AxleSpacing'), length, at);
    }
    return [...violations, ...turnedRound(data)];
  },
};

interface Range {
  entry: (typeof entries)[number];
  min: string;
  max: string;
}

/** Groups whose elements may be given as a minimum and a maximum, with these ranges. */
const ranges = new Map<string, Range[]>();
for (const entry of entries) {
  if (!entry.range || entry.path.startsWith(convertorsPath)) continue;
  const cut = entry.range.min.lastIndexOf('/');
  const group = entry.range.min.slice(0, cut);
  const [min, max] = [entry.range.min.slice(cut + 1), entry.range.max.slice(cut + 1)];
  const known = ranges.get(group) ?? [];
  // One element may belong to several entries: the track of steered axles and that of all axles.
  if (!known.some((range) => range.min === min)) ranges.set(group, [...known, { entry, min, max }]);
}

/** Reports ranges whose minimum is above their maximum. */
function turnedRound(data: DataTree): Violation[] {
  const violations: Violation[] = [];
  for (const [group, ofGroup] of ranges) {
    for (const row of rowsAt(data, group)) {
      for (const { entry, min, max } of ofGroup) {
        if (row[min] === undefined) continue;
        const [least, most] = [numberAt(row, min), numberAt(row, max)];
        if (least !== undefined && most !== undefined && least > most)
          violations.push({ entry: entry.key, params: { ...titleParams(entry), is: least, most } });
      }
    }
  }
  return violations;
}
