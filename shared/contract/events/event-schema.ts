import { z } from 'zod';
import { Id, Moment } from '../id.ts';
import { Person } from '../person.ts';

/**
 * One row of a trail, as people and programs read it: a past fact of this kind. A kind never changes its meaning, and
 * rows are never rewritten. A key that was added later is optional, because older rows do not have it.
 */
export const eventSchema = <K extends string, S extends z.ZodRawShape>(kind: K, body: S) =>
  z.object({
    seq: z.int().describe('Number within the scope (or the organisation), without gaps'),
    at: Moment,
    kind: z.literal(kind),
    actor: Person.nullable().describe('null: the system itself'),
    record: z.object({ id: Id, reference: z.string() }).nullable(),
    body: z.object(body),
  });
