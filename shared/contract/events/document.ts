import { z } from 'zod';
import { eventSchema } from './event-schema.ts';

/** Checklist items that are ticked, and comments. */
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
    // Rows from before discussions were told apart lack it.
    threads: z.array(ThreadChange).optional(),
  }),
] as const;
