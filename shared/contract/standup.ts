import { z } from 'zod';
import { NewException } from './exception.ts';
import { Day, Id, Moment } from './id.ts';
import { Card } from './record.ts';

/**
 * Why a record is on the agenda, as data; its sentence is built from kind and params.
 * - releaseAtRisk {days}: days until the planned release; negative: days since then.
 * - blocked {days, cause, severity}: its most severe open exception, the oldest of equally severe ones.
 * - slow {days, usual, stage}: longer in its stage than 85 of 100 records were.
 * - waiverEnding {days, rule}.
 * - unowned {stage}.
 * - changed {count}: number of events since the last standup.
 * - notReached: left over from the last standup.
 */
export const AgendaReason = z.object({
  kind: z.enum(['releaseAtRisk', 'blocked', 'slow', 'waiverEnding', 'unowned', 'changed', 'notReached']),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AgendaReason = z.infer<typeof AgendaReason>;

/** The decision on a record. */
export const StandupOutcome = z.object({
  kind: z.enum(['nextAction', 'releaseDate', 'exception', 'escalated', 'nothing']),
  by: Id,
  at: Moment,
  owner: Id.nullable().describe('Who does it, where somebody does'),
  due: Day.nullable().describe('Until when, or the release that was planned'),
  note: z.string().max(500).nullable().describe('What has to happen, or why it is escalated'),
});
export type StandupOutcome = z.infer<typeof StandupOutcome>;

export const StandupItem = z.object({
  position: z.int(),
  card: Card.describe('As it is now'),
  reasons: z.array(AgendaReason),
  outcome: StandupOutcome.nullable(),
  seconds: z.int().describe('How long it was on the table'),
  reachedAt: Moment.nullable(),
});
export type StandupItem = z.infer<typeof StandupItem>;

/** One meeting with a fixed agenda. */
export const Standup = z.object({
  id: Id,
  scope: Id,
  startedBy: Id,
  startedAt: Moment,
  leader: Id,
  term: z.int().describe('Grows with every change of leader; a step under an older one is stale'),
  position: z.int().describe('The item on the table, counted from 0'),
  positionSince: Moment,
  recordBox: z.int().describe('Seconds for one record'),
  totalBox: z.int().describe('Seconds for all'),
  since: z.object({ standup: Id, at: Moment, seq: z.int() }).nullable().describe('The standup before this one'),
  endedAt: Moment.nullable(),
  items: z.array(StandupItem),
  people: z.array(z.object({ person: Id, joinedAt: Moment, leftAt: Moment.nullable() })),
});
export type Standup = z.infer<typeof Standup>;

/** The agenda of a standup that would start now. */
export const Agenda = z.object({
  since: Standup.shape.since,
  items: z.array(StandupItem.pick({ card: true, reasons: true })),
});
export type Agenda = z.infer<typeof Agenda>;

export const NewStandup = z.object({
  recordBox: z.int().min(15).max(3600).default(120),
  totalBox: z.int().min(60).max(14_400).default(900),
  records: z
    .array(Id)
    .min(1)
    .max(300)
    .optional()
    .describe('These only, in this order; they have to be on the agenda. Left out: the whole agenda'),
});

/**
 * A decision in a standup. Its effect is applied in the same transaction, by the command that normally makes that
 * change.
 */
export const StandupDecision = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('nextAction'),
    from: Id.nullable().describe('Who owned the next action when the caller looked'),
    to: Id.nullable(),
    what: z.string().trim().max(200).nullable(),
    due: Day.nullable(),
  }),
  z.object({ kind: z.literal('releaseDate'), from: Day.nullable(), to: Day.nullable() }),
  z.object({ kind: z.literal('exception'), exception: NewException }),
  z.object({ kind: z.literal('escalated'), note: z.string().trim().min(1).max(500) }),
  z.object({ kind: z.literal('nothing'), note: z.string().trim().max(500).nullable() }),
]);
export type StandupDecision = z.infer<typeof StandupDecision>;

export const StandupSummary = Standup.omit({ items: true, people: true }).extend({
  records: z.int(),
  decided: z.int(),
  reached: z.int(),
});
export type StandupSummary = z.infer<typeof StandupSummary>;

/**
 * Who is connected to a standup now. `leaderAway`: since when the leader is disconnected; null: the leader is
 * connected.
 */
export const StandupPresence = z.object({ people: z.array(Id), leaderAway: Moment.nullable() });
export type StandupPresence = z.infer<typeof StandupPresence>;

/** The leader's position in the current record; never stored. */
export const StandupPoint = z.object({
  position: z.int().min(0),
  scroll: z.number().min(0).max(1).describe('0: the top of the page, 1: its end'),
});
export type StandupPoint = z.infer<typeof StandupPoint>;

/** Maximum number of reading positions that the leader's page sends per second; the server does not forward more. */
export const pointsPerSecond = 30;

/** Answer to `attendStandup`; null: the standup does not exist for this person, or it has ended. */
export type AttendedStandup = { presence: StandupPresence; point: StandupPoint | null } | null;
