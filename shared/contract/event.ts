import { z } from 'zod';
import { absenceEvents } from './events/absence.ts';
import { approvalEvents } from './events/approval.ts';
import { documentEvents } from './events/document.ts';
import { exceptionEvents } from './events/exception.ts';
import { importEvents } from './events/import.ts';
import { organisationEvents } from './events/organisation.ts';
import { personEvents } from './events/person.ts';
import { recordEvents } from './events/record.ts';
import { rulesEvents } from './events/rules.ts';
import { scopeEvents } from './events/scope.ts';
import { standupEvents } from './events/standup.ts';
import { waiverEvents } from './events/waiver.ts';
import { Card } from './record.ts';
import { StageKey } from './stage.ts';

/**
 * Keys of the board's counts: the cards of a stage, the cards of a stage with an active waiver, and, outside the
 * archive, the cards whose next action a given person owns or nobody owns.
 */
export const CountKey = z.union([
  StageKey,
  z.templateLiteral([StageKey, '.waived']),
  z.templateLiteral(['owner.', z.uuid()]),
  z.literal('owner.none'),
]);
export type CountKey = z.infer<typeof CountKey>;

/** One row of a trail, as people and programs read it. `kind` determines the shape of `body`. */
export const TrailEvent = z.discriminatedUnion('kind', [
  ...organisationEvents,
  ...personEvents,
  ...scopeEvents,
  ...recordEvents,
  ...exceptionEvents,
  ...documentEvents,
  ...importEvents,
  ...approvalEvents,
  ...waiverEvents,
  ...rulesEvents,
  ...absenceEvents,
  ...standupEvents,
]);
export type TrailEvent = z.infer<typeof TrailEvent>;

/** Past facts. A kind never changes its meaning; new facts get new kinds. */
export type EventKind = TrailEvent['kind'];
export const eventKinds: readonly EventKind[] = TrailEvent.options.map(({ shape }) => shape.kind.value);

type EventBodies = { [E in TrailEvent as E['kind']]: E['body'] };

/** The body of an event of this kind. */
export type EventBody<K extends EventKind = EventKind> = EventBodies[K];

/** An event kind together with its body. */
export type EventFact<K extends EventKind = EventKind> = { [P in K]: { kind: P; body: EventBodies[P] } }[K];

/** What a board needs to stay up to date: the event, the current card, and the counts that the event changed. */
export const BoardEvent = z.intersection(
  TrailEvent,
  z.object({
    card: Card.nullable(),
    counts: z.partialRecord(CountKey, z.int()).describe('Counts after this event, of those it changed'),
  }),
);
export type BoardEvent = z.infer<typeof BoardEvent>;

/** Events after a given sequence number. `reload`: there are too many; the client must load the board again. */
export const CatchUp = z.object({ seq: z.int(), reload: z.boolean(), events: z.array(BoardEvent) });
export type CatchUp = z.infer<typeof CatchUp>;
