import { z } from 'zod';

/** A responsibility a person holds in a scope. The first four are also held on one record. */
export const Duty = z.enum(['dataOwner', 'reviewer', 'outputPreparer', 'signatory', 'lead', 'observer']);
export type Duty = z.infer<typeof Duty>;

export const RecordDuty = z.enum(['dataOwner', 'reviewer', 'outputPreparer', 'signatory']);
export type RecordDuty = z.infer<typeof RecordDuty>;
