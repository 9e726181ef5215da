import { z } from 'zod';
import { Id, Moment } from './id.ts';
import { DataTree, RevisionSource } from './record.ts';

/** One changed entry between two revisions. */
export const RevisionChange = z.object({
  path: z.string().describe('Element path of the leaf that differs'),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type RevisionChange = z.infer<typeof RevisionChange>;

export const Revision = z.object({
  number: z.int(),
  hash: z.string(),
  by: z.object({ id: Id, name: z.string() }).nullable(),
  at: Moment,
  source: RevisionSource,
  changes: z.int().describe('Entries that differ from the revision before; of the first, all it holds'),
});
export type Revision = z.infer<typeof Revision>;

export const RevisionDetail = Revision.extend({ data: DataTree });
