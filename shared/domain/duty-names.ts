import type { Duty } from '#shared/contract/duty.ts';

/** Every duty with its English name, in the order people list them. */
export const dutyNames: readonly (readonly [Duty, string])[] = [
  ['lead', 'lead'],
  ['dataOwner', 'data owner'],
  ['reviewer', 'reviewer'],
  ['outputPreparer', 'output preparer'],
  ['signatory', 'signatory'],
  ['observer', 'observer'],
];
