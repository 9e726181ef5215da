import { z } from 'zod';
import { Id, Moment } from './id.ts';
import { Person } from './person.ts';
import { Card } from './record.ts';
import { StageKey } from './stage.ts';

/**
 * Cards of a stage, those among them that carry an active waiver, and, archive left out, those whose next action a
 * person owns or nobody does.
 */
export const CountKey = z.union([
  StageKey,
  z.templateLiteral([StageKey, '.waived']),
  z.templateLiteral(['owner.', z.uuid()]),
  z.literal('owner.none'),
]);
export type CountKey = z.infer<typeof CountKey>;

/** Past facts. A kind never changes its meaning; new facts get new kinds. */
export const EventKind = z.enum([
  'organisation.created',
  'organisation.timeZoneSet',
  'person.invited',
  'invitation.revoked',
  'person.joined',
  'person.renamed',
  'person.removed',
  'scope.created',
  'duties.changed',
  'record.created',
  'record.moved',
  'record.edited',
  'record.reviewed',
  'record.assigned',
  'record.handedOver',
  'record.judged',
  'record.releasePlanned',
  'record.renumbered',
  'exception.raised',
  'exception.changed',
  'exception.closed',
  'exception.reopened',
  'document.changed',
  'import.applied',
  'mapping.saved',
  'approval.registered',
  'approval.changed',
  'approval.withdrawn',
  'approval.fileAdded',
  'waiver.proposed',
  'waiver.approved',
  'waiver.refused',
  'waiver.revoked',
  'waiver.expired',
  'rules.changed',
  'absence.changed',
  'standup.started',
  'standup.joined',
  'standup.left',
  'standup.walked',
  'standup.led',
  'standup.decided',
  'standup.ended',
]);
export type EventKind = z.infer<typeof EventKind>;

/** One row of a trail as people and programs read it. */
export const TrailEvent = z.object({
  seq: z.int().describe('Number within the scope (or the organisation), without gaps'),
  at: Moment,
  kind: EventKind,
  actor: Person.nullable().describe('null: the system itself'),
  record: z.object({ id: Id, reference: z.string() }).nullable(),
  body: z.record(z.string(), z.unknown()).describe('before, after, verdict: what the kind says'),
});
export type TrailEvent = z.infer<typeof TrailEvent>;

/** What a board needs to follow: the fact, the card as it is now, and the counts the fact changed. */
export const BoardEvent = TrailEvent.extend({
  card: Card.nullable(),
  counts: z.partialRecord(CountKey, z.int()).describe('Counts after this event, of those it changed'),
});
export type BoardEvent = z.infer<typeof BoardEvent>;

/** The answer to "what did I miss after this number?" `reload`: too much; open the board again. */
export const CatchUp = z.object({ seq: z.int(), reload: z.boolean(), events: z.array(BoardEvent) });
export type CatchUp = z.infer<typeof CatchUp>;
