import type { Duty } from '#shared/contract/duty.ts';

/** Every duty, in the order people list them. */
export const dutyOrder: readonly Duty[] = ['lead', 'dataOwner', 'reviewer', 'outputPreparer', 'signatory', 'observer'];
