import { z } from 'zod';
import {
  ExceptionChanges,
  ExceptionFilter,
  ExceptionLedger,
  ExceptionsAct,
  NewException,
  ScopeException,
  SeenException,
} from '../exception.ts';
import { Day, Id, Moment } from '../id.ts';
import { Problem } from '../problem.ts';
import { Card } from '../record.ts';
import { route } from './route.ts';
import { issue } from '../issue-key.ts';

const scope = z.object({ scope: Id });
const record = z.object({ record: Id });
const one = record.extend({ exception: Id });
const changed = z.object({ card: Card });

/** Pagination key of a list of exceptions: severity, whether overdue, since when, and the id. */
const ExceptionKey = z
  .string()
  .regex(/^[1-3] [01] \S{24} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, issue('cursor.foreign'))
  .refine((key) => Moment.safeParse(key.split(' ')[2]).success, issue('cursor.foreign'));

export const raiseException = route({
  method: 'post',
  path: '/api/records/{record}/exceptions',
  summary: 'Say what blocks a record; the same finding twice is one exception',
  write: true,
  params: record,
  body: NewException,
  answer: changed.extend({ exception: Id, existed: z.boolean().describe('It was open already; nothing was changed') }),
});

export const changeException = route({
  method: 'post',
  path: '/api/records/{record}/exceptions/{exception}/changes',
  summary: 'Change what is said of an open exception; whose turn it is moves the clock',
  write: true,
  params: one,
  body: ExceptionChanges,
  answer: changed,
});

export const closeException = route({
  method: 'post',
  path: '/api/records/{record}/exceptions/{exception}/close',
  summary: 'Say how an exception was resolved',
  write: true,
  params: one,
  body: z.object({ resolution: z.string().trim().min(1).max(500) }),
  answer: changed,
});

export const reopenException = route({
  method: 'post',
  path: '/api/records/{record}/exceptions/{exception}/reopen',
  summary: 'Open a closed exception again; the gates it stands before shut again',
  write: true,
  params: one,
  body: z.object({ why: z.string().trim().min(1).max(500) }),
  answer: changed,
});

export const listExceptions = route({
  method: 'get',
  path: '/api/scopes/{scope}/exceptions',
  summary: 'The open exceptions of a scope, what hurts most first: severity, overdue, how long open; paged by key',
  params: scope,
  query: ExceptionFilter.extend({ after: ExceptionKey.optional() }),
  answer: z.object({ exceptions: z.array(ScopeException), next: z.string().nullable() }),
});

export const exceptionLedger = route({
  method: 'get',
  path: '/api/scopes/{scope}/exceptions/ledger',
  summary: 'Of the exceptions raised in a period, both days included: how many, how long, which repeat',
  params: scope,
  query: z.object({ from: Day, to: Day }),
  answer: ExceptionLedger,
});

export const changeExceptions = route({
  method: 'post',
  path: '/api/scopes/{scope}/exceptions/changes',
  summary: 'One act on several exceptions, each judged on its own',
  write: true,
  params: scope,
  body: z
    .object({ exceptions: z.array(SeenException).min(1).max(200), act: ExceptionsAct })
    .refine(({ exceptions, act }) => act.kind === 'close' || exceptions.every(({ from }) => from !== undefined), {
      path: ['exceptions'],
      message: issue('exceptions.from'),
    }),
  answer: z.object({
    results: z.array(z.object({ exception: Id, ok: z.boolean(), problem: Problem.optional() })),
  }),
});
