import { z } from 'zod';
import { Id } from '../id.ts';
import { eventSchema } from './event-schema.ts';

export const organisationEvents = [
  eventSchema('organisation.created', {
    name: z.string(),
    // Missing in events written before organisations had a time zone.
    timeZone: z.string().optional(),
    administrator: Id,
  }),
  eventSchema('organisation.timeZoneSet', { before: z.string(), after: z.string() }),
] as const;
