import { z } from 'zod';
import { Id } from './id.ts';
import { Person } from './person.ts';

/** What one open board tells the others about its person. The server stamps who it is. */
export const Attention = z.object({
  record: Id.nullable().describe('The record they have open'),
  lifted: Id.nullable().describe('The card they have lifted'),
});
export type Attention = z.infer<typeof Attention>;

export const Presence = Attention.extend({ connection: z.string(), person: Person });
export type Presence = z.infer<typeof Presence>;
