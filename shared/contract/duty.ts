import { z } from 'zod';

/** A role that a person holds in a scope. The first four can also be assigned on a single record. */
export const Duty = z.enum(['dataOwner', 'reviewer', 'outputPreparer', 'signatory', 'lead', 'observer']);
export type Duty = z.infer<typeof Duty>;

export const RecordDuty = z.enum(['dataOwner', 'reviewer', 'outputPreparer', 'signatory']);
export type RecordDuty = z.infer<typeof RecordDuty>;
