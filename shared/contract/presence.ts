import { z } from 'zod';
import { Id } from './id.ts';
import { Person } from './person.ts';
import { StageKey } from './stage.ts';

/** What one open board publishes about its person's activity. The server adds the person's identity. */
export const Attention = z.object({
  record: Id.nullable().describe('The record they have open'),
  lifted: Id.nullable().describe('The card they have lifted'),
  more: z.int().min(0).max(199).default(0).describe('So many others are lifted with it'),
  held: z
    .object({ stage: StageKey, after: Id.nullable().optional().describe('As in a move') })
    .nullable()
    .default(null)
    .describe('Where they hold it: in which column, below which card'),
  writing: z.boolean().default(false).describe('They type in the record they have open'),
});
export type Attention = z.infer<typeof Attention>;

/** Maximum number of presences in one message. */
export const presencesAtOnce = 50;

export const nothingAttended: Attention = { record: null, lifted: null, more: 0, held: null, writing: false };

export const Presence = Attention.extend({ connection: z.string(), person: Person });
export type Presence = z.infer<typeof Presence>;
