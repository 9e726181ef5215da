import { AbsentDays } from '../absence.ts';
import { Id } from '../id.ts';
import { eventSchema } from './event-schema.ts';

export const absenceEvents = [
  eventSchema('absence.changed', { person: Id, before: AbsentDays.nullable(), after: AbsentDays.nullable() }),
] as const;
