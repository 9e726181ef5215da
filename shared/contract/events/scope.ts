import { z } from 'zod';
import { Duty } from '../duty.ts';
import { Id } from '../id.ts';
import { eventSchema } from './event-schema.ts';

export const scopeEvents = [
  eventSchema('scope.created', { name: z.string(), prefix: z.string() }),
  eventSchema('duties.changed', { person: Id, before: z.array(Duty), after: z.array(Duty) }),
] as const;
