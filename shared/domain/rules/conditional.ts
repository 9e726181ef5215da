import type { DataTree } from '#shared/contract/record.ts';
import { entries } from '../catalogue/catalogue.ts';
import type { Entry } from '../catalogue/entry.ts';
import type { Rule } from '../rule.ts';
import { territoryEntries } from './approval.ts';
import { specialPurposeEntries } from './body.ts';
import { missingOf, owedOf } from './owed.ts';
import { hybridEntries, combustionEntries } from './powertrain.ts';
import { previousStageEntries, incompleteEntries } from './build-stage.ts';
import { tyreClassEntries } from './tyres.ts';
import { vectoEntries } from './vecto.ts';
import { wltpEntries, familyEntries, ecoInnovationEntries } from './wltp.ts';

/** Entries that a separate rule checks, so that each is reported only once. */
const askedElsewhere = new Set(
  [
    specialPurposeEntries,
    hybridEntries,
    combustionEntries,
    wltpEntries,
    familyEntries,
    ecoInnovationEntries,
    tyreClassEntries,
    vectoEntries,
    previousStageEntries,
    incompleteEntries,
    territoryEntries,
  ].flat(),
);
export const conditionalEntries = entries.filter(
  (entry) => (entry.when || entry.convertors) && !askedElsewhere.has(entry),
);
const sure = conditionalEntries.filter(({ confidence }) => confidence === 'high');
const unsure = conditionalEntries.filter(({ confidence }) => confidence !== 'high');

const owed = (id: 'R61' | 'R56', among: readonly Entry[]) => ({
  id,
  mend: ['dataOwner', 'lead'] as const,
  asks: ({ data }: { data: DataTree }) => owedOf(data, among).length,
  check: ({ data }: { data: DataTree }) => missingOf(data, among),
});

/** R61. Conditional entries whose condition certainly holds and whose source is certain. */
export const calledForEntries: Rule = { ...owed('R61', sure), key: 'entry.calledFor', severity: 'error' };

/** R56. A warning: like R61, but for entries whose source is not certain. */
export const likelyEntries: Rule = { ...owed('R56', unsure), key: 'entry.likely', severity: 'warning' };
