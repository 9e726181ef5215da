import { z } from 'zod';
import { Day, Id, Moment } from './id.ts';

/**
 * Why a record is on the agenda, as data; its sentence is written from kind and params.
 * releaseAtRisk {days}: it is to be released in so many days, negative: since so many. blocked {days, cause}: by its oldest
 * open exception. slow {days, usual, stage}: longer in its stage than 85 of 100 were. waiverEnding {days, rule}.
 * unowned {stage}. changed {count}: so many events since the last standup. notReached: left over from the last one.
 */
export const AgendaReason = z.object({
  kind: z.enum(['releaseAtRisk', 'blocked', 'slow', 'waiverEnding', 'unowned', 'changed', 'notReached']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AgendaReason = z.infer<typeof AgendaReason>;

/** What was decided about a record. */
export const StandupOutcome = z.object({
  kind: z.enum(['nextAction', 'releaseDate', 'exception', 'escalated', 'nothing']),
  by: Id,
  at: Moment,
  owner: Id.nullable().describe('Who does it, where somebody does'),
  due: Day.nullable(),
  note: z.string().max(500).nullable().describe('What has to happen, or why it is escalated'),
});
export type StandupOutcome = z.infer<typeof StandupOutcome>;
