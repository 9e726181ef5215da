import { z } from 'zod';
import { ExceptionKind, ExceptionSeverity, WaitingOn } from '../exception.ts';
import { Day, Id, Moment } from '../id.ts';
import { StageKey } from '../stage.ts';
import { eventSchema } from './event-schema.ts';

/** Whole seconds for which the exception waited on each side. */
const Waited = z.object({ us: z.int(), others: z.int() });

/** Set on an undo: the id of the operation that was undone. */
const takesBack = Id.optional();

const fields = z.enum(['kind', 'severity', 'cause', 'waitingFor', 'waitingOn', 'blocks', 'owner', 'until']);

/** Values of the changed fields, either before or after the change. */
const Changed = z.partialRecord(fields, z.string().nullable());

export const exceptionEvents = [
  eventSchema('exception.raised', {
    exception: Id,
    kind: ExceptionKind,
    cause: z.string(),
    waitingFor: z.string().nullable(),
    blocks: StageKey,
    owner: Id.nullable(),
    until: Day.nullable(),
    // Missing in events written before exceptions had a severity, a side to wait on and a finding.
    severity: ExceptionSeverity.optional(),
    waitingOn: WaitingOn.optional(),
    rule: z.string().nullable().optional(),
    entry: z.string().nullable().optional(),
  }),
  eventSchema('exception.changed', {
    exception: Id,
    cause: z.string(),
    before: Changed,
    after: Changed,
    waited: Waited.optional().describe('With a change of the side it waits on'),
    departed: Id.optional().describe('The owner, where they left the scope'),
  }),
  eventSchema('exception.closed', {
    exception: Id,
    cause: z.string(),
    resolution: z.string().nullable().describe('null: the exception was undone'),
    takesBack,
    // Missing in events written before waiting time was measured.
    waited: Waited.optional(),
  }),
  eventSchema('exception.reopened', {
    exception: Id,
    cause: z.string(),
    why: z.string().optional().describe('Left out where closing it was undone'),
    takesBack,
    before: z.object({ resolution: z.string().nullable(), closedAt: Moment.nullable() }),
    reopened: z.int().describe('How many times it came back'),
  }),
] as const;
