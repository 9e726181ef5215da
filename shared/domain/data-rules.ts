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

/** Rules about the record that ask what other records, the register or the duties say. */
const askMore: readonly Rule[] = [
  vinUnique,
  approvalInForce,
  vehicleCovered,
  categoryCovered,
  insideAllowedRanges,
  signatoryAuthorised,
];

/** The rules that look at nothing but the data, the day and the settings: a browser judges with them what is being typed. */
export const dataRules: readonly Rule[] = [...new Set(defaultModel.stages.flatMap(({ gate }) => gate))].filter(
  (rule) => rule.id.startsWith('R') && !askMore.includes(rule),
);
