import { buildStageOf } from '../catalogue/called-for.ts';
import { nodesAt } from '../data-tree.ts';
import { ok, violation, type Rule } from '../rule.ts';
import { categoryOf } from './entries.ts';

/** R21. A warning: an official sample of a car that may not tow omits the table. */
export const towingTable: Rule = {
  id: 'R21',
  key: 'tow.tablePresent',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    if (!/^[MN]/.test(categoryOf(data) ?? '') || buildStageOf(data) !== 'C') return ok;
    const given = nodesAt(data, 'CocDataGroup/TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup').length > 0;
    return given ? ok : violation({ entry: 'towableUnbraked' });
  },
};
