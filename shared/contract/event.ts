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

/** One row of a trail as people and programs read it. `kind` says what `body` holds. */
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

/** What an event of this kind says. */
export type EventBody<K extends EventKind = EventKind> = EventBodies[K];

/** A kind with its body. */
export type EventFact<K extends EventKind = EventKind> = { [P in K]: { kind: P; body: EventBodies[P] } }[K];

/** What a board needs to follow: the fact, the card as it is now, and the counts the fact changed. */
export const BoardEvent = z.intersection(
  TrailEvent,
  z.object({
    card: Card.nullable(),
    counts: z.partialRecord(CountKey, z.int()).describe('Counts after this event, of those it changed'),
  }),
);
export type BoardEvent = z.infer<typeof BoardEvent>;

/** The answer to "what did I miss after this number?" `reload`: too much; open the board again. */
export const CatchUp = z.object({ seq: z.int(), reload: z.boolean(), events: z.array(BoardEvent) });
export type CatchUp = z.infer<typeof CatchUp>;
