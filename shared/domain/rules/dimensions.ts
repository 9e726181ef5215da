import { numberAt, rowsAt } from '../data-tree.ts';
import type { Rule, Trouble } from '../rule.ts';
import { axlesPath } from './axles.ts';
import { categoryOf } from './entries.ts';

const of = 'CocDataGroup/DimensionGroup';

/** R58. A warning, for it is derived: finds a digit too many, which the schema lets through. */
export const dimensionsPlausible: Rule = {
  id: 'R58',
  key: 'dimension.plausible',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const length = numberAt(data, `${of}/Length`);
    const width = numberAt(data, `${of}/Width`);
    const troubles: Trouble[] = [];
    const compare = (entry: string, what: string, value: number | undefined, most: number | undefined, at?: string) => {
      if (value !== undefined && most !== undefined && value > most) {
        troubles.push({ entry, params: { what, is: value, most, ...(at ? { at } : {}) } });
      }
    };
    const wheelbase = numberAt(data, `${of}/Wheelbase`);
    if (/^[MN]/.test(categoryOf(data) ?? '')) {
      compare('wheelbase', 'wheelbase', wheelbase, length);
      // An articulated bus of 24 m has a first wheelbase of about 5 m.
      compare('length', 'length', length, wheelbase && wheelbase * 6);
    }
    compare('loadingAreaLength', 'loadingArea', numberAt(data, `${of}/LengthLoadingArea`), length);
    compare('rearOverhang', 'rearOverhang', numberAt(data, `${of}/RearOverhang`), length);
    for (const [index, axle] of rowsAt(data, axlesPath).entries()) {
      compare('axleTrack', 'track', numberAt(axle, 'AxleTrack'), width, `AxleGroup/${index + 1}`);
    }
    return troubles;
  },
};
