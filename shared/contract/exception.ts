import { z } from 'zod';
import { Day, Id, Moment } from './id.ts';
import { StageKey } from './stage.ts';

export const ExceptionKind = z.enum([
  'missingData',
  'format',
  'approvalGap',
  'contradiction',
  'validation',
  'signing',
  'delivery',
  'other',
]);
export type ExceptionKind = z.infer<typeof ExceptionKind>;

/**
 * Impact of the exception: `critical` puts the release at risk, `major` stops the record, `minor` stops it temporarily.
 */
export const ExceptionSeverity = z.enum(['critical', 'major', 'minor']);
export type ExceptionSeverity = z.infer<typeof ExceptionSeverity>;

/** Which side has to act next. */
export const WaitingOn = z.enum(['us', 'others']);
export type WaitingOn = z.infer<typeof WaitingOn>;

/** Something that blocks a record. */
export const RecordException = z.object({
  id: Id,
  kind: ExceptionKind,
  severity: ExceptionSeverity,
  cause: z.string(),
  waitingFor: z.string().nullable().describe('Who or what is waited for'),
  waitingOn: WaitingOn,
  waited: z
    .object({ us: z.int(), others: z.int(), since: Moment })
    .describe('Whole seconds each side had before `since`, when the present side came to its turn'),
  blocks: StageKey.describe('The first stage it keeps the record out of'),
  rule: z.string().nullable().describe('The rule of the finding it was raised from'),
  entry: z.string().nullable().describe('Catalogue key of the entry it is about'),
  owner: Id.nullable(),
  raisedBy: Id,
  since: Moment,
  until: Day.nullable().describe('Expected to be closed by'),
  reopened: z.int().describe('How many times it came back'),
  closed: z
    .object({ by: Id, at: Moment, resolution: z.string().nullable().describe('null: raising it was undone') })
    .nullable(),
});
export type RecordException = z.infer<typeof RecordException>;

export const NewException = z.object({
  kind: ExceptionKind,
  severity: ExceptionSeverity.default('major'),
  cause: z.string().trim().min(1).max(500),
  waitingFor: z.string().trim().max(200).nullable(),
  waitingOn: WaitingOn.default('us'),
  blocks: StageKey.default('review'),
  rule: z.string().max(20).nullable().default(null),
  entry: z.string().max(80).nullable().default(null),
  owner: Id.nullable(),
  until: Day.nullable(),
});

/** The value that the author saw (`from`) and the new value (`to`); an omitted field stays unchanged. */
const change = <S extends z.ZodType>(value: S) => z.object({ from: value, to: value }).optional();

export const ExceptionChanges = z.object({
  kind: change(ExceptionKind),
  severity: change(ExceptionSeverity),
  cause: change(z.string().trim().min(1).max(500)),
  waitingFor: change(z.string().trim().max(200).nullable()),
  waitingOn: change(WaitingOn),
  blocks: change(StageKey),
  owner: change(Id.nullable()),
  until: change(Day.nullable()),
});
export type ExceptionChanges = z.infer<typeof ExceptionChanges>;

/** An exception together with the record that it blocks. */
export const ScopeException = RecordException.extend({
  record: z.object({ id: Id, reference: z.string(), stage: StageKey }),
});
export type ScopeException = z.infer<typeof ScopeException>;

const flag = z.union([z.boolean(), z.stringbool()]);

export const ExceptionFilter = z.object({
  kind: ExceptionKind.optional(),
  owner: Id.optional(),
  waitingOn: WaitingOn.optional(),
  mine: flag.optional().describe('Owned by the caller'),
  overdue: flag.optional().describe('Expected to be closed before today'),
  text: z.string().max(100).optional().describe('Part of the cause, of who is waited for, or of the reference'),
  closed: flag.optional().describe('The closed ones instead, newest first'),
});
export type ExceptionFilter = z.infer<typeof ExceptionFilter>;

/** One action on a set of exceptions. */
export const ExceptionsAct = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('close'), resolution: z.string().trim().min(1).max(500) }),
  z.object({ kind: z.literal('owner'), to: Id.nullable() }),
  z.object({ kind: z.literal('waitingOn'), to: WaitingOn }),
  z.object({ kind: z.literal('until'), to: Day.nullable() }),
]);
export type ExceptionsAct = z.infer<typeof ExceptionsAct>;

/**
 * One exception of the set, with the value that the caller saw in the field to be changed: its owner, the side it waits
 * on, or its due day.
 */
export const SeenException = z.object({
  exception: Id,
  from: z.string().max(40).nullable().optional().describe('Left out only to close it'),
});
export type SeenException = z.infer<typeof SeenException>;

const Spell = z.object({ median: z.int(), longest: z.int() }).describe('Whole seconds; the lower of two medians');

/** Statistics of the exceptions of one kind that were raised in the period, in their current state. */
const LedgerLine = z.object({
  kind: ExceptionKind,
  raised: z.int(),
  open: z.int(),
  closed: z.int(),
  reopened: z.int().describe('How many of them came back at least once'),
  toClose: z
    .object({ total: Spell, us: Spell, others: Spell })
    .nullable()
    .describe('Of the closed ones: how long they waited, in all, on us and on others'),
});

export const ExceptionLedger = z.object({
  lines: z.array(LedgerLine),
  repeats: z
    .array(
      z.object({
        rule: z.string().nullable(),
        entry: z.string().nullable(),
        cause: z.string(),
        records: z.int(),
        raised: z.int(),
        open: z.int(),
      }),
    )
    .describe('The same rule and entry, or the same cause in the same words, on several records; most records first'),
});
export type ExceptionLedger = z.infer<typeof ExceptionLedger>;
