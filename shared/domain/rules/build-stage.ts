import type { DataTree } from '#shared/contract/record.ts';
import { buildStageOf, buildStagePath, calledFor, isTechnical } from '../catalogue/called-for.ts';
import { entries, requirementOf } from '../catalogue/catalogue.ts';
import { nodesAt, rowsAt, textAt } from '../data-tree.ts';
import { isPresent } from '../present-value.ts';
import { ok, violation, type Rule, type Violation } from '../rule.ts';
import { categoryOf, titleParams } from './entries.ts';
import { entriesNamed, missingOf, owedOf } from './owed.ts';

/** R54. A warning, so that nobody mistakes the short list of checks for the complete list of requirements. */
export const completeVehicle: Rule = {
  id: 'R54',
  key: 'stage.complete',
  severity: 'warning',
  mend: ['dataOwner', 'reviewer'],
  check({ data }) {
    const stage = buildStageOf(data);
    return stage === 'C' ? ok : violation({ entry: 'stageOfCompletion', params: { stage } });
  },
};

export const previousStageEntries = entriesNamed(
  'previousStageTypeApprovalNumber',
  'previousStageType',
  'previousStageVariant',
  'previousStageVersion',
);

/** R40. A record of one stage alone cannot show that the VIN is the same. */
export const previousStage: Rule = {
  id: 'R40',
  key: 'stage.previous',
  severity: 'error',
  mend: ['dataOwner', 'lead'],
  asks: ({ data }) => owedOf(data, previousStageEntries).length + 1,
  check: ({ data }) => [...missingOf(data, previousStageEntries), ...unchanged(data)],
};

/** Approval, variant and version are equal to those of the previous stage: nothing was built in this stage. */
function unchanged(data: DataTree): readonly Violation[] {
  const last = rowsAt(data, 'CocDataGroup/ManufacturerTable/ManufacturerGroup').findLast(
    (row) => textAt(row, 'PreviousStageTypeApprovalNumber') !== undefined,
  );
  const same = (own: string, previous: string) => {
    const text = textAt(data, `CocDataGroup/${own}`);
    return last !== undefined && text !== undefined && text === textAt(last, previous);
  };
  return same('TypeApprovalNumber', 'PreviousStageTypeApprovalNumber') &&
    same('Variant', 'PreviousStageVariant') &&
    same('Version', 'PreviousStageVersion')
    ? violation({ entry: 'previousStageTypeApprovalNumber' })
    : ok;
}

export const incompleteEntries = entries.filter(({ when }) => when === 'incomplete');

/** R41. A warning: inferred from the guidelines. R42 decides whether an M1 may have the table at all. */
export const incompleteVehicle: Rule = {
  id: 'R41',
  key: 'stage.incomplete',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const stage = textAt(data, buildStagePath) ?? '';
    const canBeFitted = nodesAt(data, 'CocDataGroup/MechanicalCouplingCanBeFittedTable').length > 0;
    return canBeFitted && ['C', 'V'].includes(stage) && categoryOf(data) !== 'M1'
      ? [...missingOf(data, incompleteEntries), { entry: 'couplingClasses' }]
      : missingOf(data, incompleteEntries);
  },
};

const owedByStages = entries.filter((entry) => entry.stages !== undefined && isTechnical(entry));

/**
 * R57. The known requirements of a build stage beyond the first page. A warning, because the source names groups rather
 * than entries.
 */
export const stageOwes: Rule = {
  id: 'R57',
  key: 'stage.owes',
  severity: 'warning',
  mend: ['dataOwner', 'lead'],
  check({ data }) {
    const category = categoryOf(data);
    const stage = buildStageOf(data);
    if (category === null || stage === 'C') return [];
    return owedByStages
      .filter(
        (entry) =>
          requirementOf(entry, category) === 'mandatory' &&
          calledFor(entry, data, category) === 'mandatory' &&
          !isPresent(data, entry),
      )
      .map((entry) => ({ entry: entry.key, params: { ...titleParams(entry), stage } }));
  },
};
