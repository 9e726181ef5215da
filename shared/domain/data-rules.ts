import { defaultModel } from './operating-model.ts';
import type { Rule } from './rule.ts';
import {
  approvalInForce,
  categoryCovered,
  insideAllowedRanges,
  signatoryAuthorised,
  vehicleCovered,
} from './rules/register.ts';
import { vinUnique } from './rules/vin.ts';

/** Rules about the record that also depend on other records, the register or the duties. */
const askMore: readonly Rule[] = [
  vinUnique,
  approvalInForce,
  vehicleCovered,
  categoryCovered,
  insideAllowedRanges,
  signatoryAuthorised,
];

/** Rules that depend only on the data, the day and the settings. The browser applies them while a person types. */
export const dataRules: readonly Rule[] = [...new Set(defaultModel.stages.flatMap(({ gate }) => gate))].filter(
  (rule) => rule.id.startsWith('R') && !askMore.includes(rule),
);
