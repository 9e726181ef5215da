import { z } from 'zod';
import { Day, Id } from './id.ts';
import { StageKey } from './stage.ts';

/** A next action as its owner's line shows it. */
export const OwnedAction = z.object({
  record: z.object({ id: Id, reference: z.string() }),
  stage: StageKey,
  what: z.string().nullable(),
  due: Day.nullable(),
});
export type OwnedAction = z.infer<typeof OwnedAction>;

/** What one person of a scope has in their hands there; the archive is nobody's turn. */
export const Workload = z.object({
  person: Id,
  owns: z.int().describe('Next actions they own'),
  overdue: z.int().describe('Those of them past their day, among the 1000 of the scope that are due first'),
  next: z.array(OwnedAction).describe('The first three of them by their day, those without a day last'),
});
export type Workload = z.infer<typeof Workload>;

/** Who of a scope has what in hand, and how much nobody has. Who they are and when they are away stands in the scope. */
export const ScopeWorkloads = z.object({ seq: z.int(), unowned: z.int(), loads: z.array(Workload) });
export type ScopeWorkloads = z.infer<typeof ScopeWorkloads>;
