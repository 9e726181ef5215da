import { z } from 'zod';
import { eventSchema } from './event-schema.ts';

/** Counts of ticked checklist items and of comments. */
const Tallies = z.object({ done: z.int(), total: z.int(), count: z.int(), unresolved: z.int() });

const ThreadChange = z.object({
  thread: z.string(),
  what: z.enum(['opened', 'answered', 'edited', 'removed', 'resolved', 'reopened']),
  about: z.string().optional().describe('With `opened`: the entry it is about'),
});

export const documentEvents = [
  eventSchema('document.changed', {
    before: Tallies,
    after: Tallies,
    ticked: z.array(z.string()).optional().describe('Items of the checklist'),
    unticked: z.array(z.string()).optional(),
    // Missing in events written before thread changes were recorded separately.
    threads: z.array(ThreadChange).optional(),
  }),
] as const;
