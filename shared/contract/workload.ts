import { z } from 'zod';
import { Day, Id } from './id.ts';
import { StageKey } from './stage.ts';

/** A next action as shown in its owner's row. */
export const OwnedAction = z.object({
  record: z.object({ id: Id, reference: z.string() }),
  stage: StageKey,
  what: z.string().nullable(),
  due: Day.nullable(),
});
export type OwnedAction = z.infer<typeof OwnedAction>;

/** The open next actions of one person in a scope. Records in the archive have no next action to do. */
export const Workload = z.object({
  person: Id,
  owns: z.int().describe('Next actions they own'),
  overdue: z.int().describe('Those of them past their day, among the 1000 of the scope that are due first'),
  next: z.array(OwnedAction).describe('The first three of them by their day, those without a day last'),
});
export type Workload = z.infer<typeof Workload>;

/**
 * The workloads of a scope's people, and the number of next actions without an owner. Names and absences are in the
 * scope itself.
 */
export const ScopeWorkloads = z.object({ seq: z.int(), unowned: z.int(), loads: z.array(Workload) });
export type ScopeWorkloads = z.infer<typeof ScopeWorkloads>;
