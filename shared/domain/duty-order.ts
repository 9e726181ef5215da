import type { Duty } from '#shared/contract/duty.ts';

/** Every duty, in display order. */
export const dutyOrder: readonly Duty[] = ['lead', 'dataOwner', 'reviewer', 'outputPreparer', 'signatory', 'observer'];
