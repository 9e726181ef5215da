import { nodesAt } from '../data-tree.ts';
import { ok, violation, type Rule } from '../rule.ts';
import { categoryOf } from './entries.ts';

const tables = ['MechanicalCouplingTable', 'MechanicalCouplingCanBeFittedTable'];

/** R42. */
export const noCouplingOnM1: Rule = {
  id: 'R42',
  key: 'coupling.m1',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  check: ({ data }) =>
    categoryOf(data) === 'M1' && tables.some((table) => nodesAt(data, `CocDataGroup/${table}`).length > 0)
      ? violation({ entry: 'couplingApproval' })
      : ok,
};
