import { z } from 'zod';
import { Day, Id } from './id.ts';

/** The days on which a person is absent, first and last day included. */
export const AbsentDays = z.object({ from: Day, until: Day });
export type AbsentDays = z.infer<typeof AbsentDays>;

export const Absence = AbsentDays.extend({ id: Id });
export type Absence = z.infer<typeof Absence>;
