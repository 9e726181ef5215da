import { z } from 'zod';
import { Id } from '../id.ts';
import { StandupOutcome } from '../standup.ts';
import { eventSchema } from './event-schema.ts';

export const standupEvents = [
  eventSchema('standup.started', {
    standup: Id,
    leader: Id,
    records: z.int(),
    recordBox: z.int(),
    totalBox: z.int(),
  }),
  eventSchema('standup.joined', { standup: Id, person: Id }),
  eventSchema('standup.left', { standup: Id, person: Id, away: z.boolean().describe('true: the connection was lost') }),
  eventSchema('standup.walked', {
    standup: Id,
    term: z.int(),
    before: z.int(),
    after: z.int(),
    seconds: z.int().describe('How long the item before was on the table'),
  }),
  eventSchema('standup.led', { standup: Id, term: z.int(), before: Id, after: Id, position: z.int() }),
  eventSchema('standup.decided', {
    standup: Id,
    position: z.int(),
    // Missing in events written before outcomes were stored in the event.
    outcome: StandupOutcome.optional(),
    note: z.string().nullable(),
  }),
  eventSchema('standup.ended', { standup: Id, records: z.int(), decided: z.int(), reached: z.int() }),
] as const;
