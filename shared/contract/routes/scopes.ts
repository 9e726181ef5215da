import { z } from 'zod';
import { CatchUp, TrailEvent } from '../event.ts';
import { ScopeWorkloads } from '../workload.ts';
import { Id } from '../id.ts';
import { Board, CardFilter, Column, FoundRecord, WindowKey } from '../record.ts';
import { NewScope, Scope, ScopeSummary } from '../scope.ts';
import { StageKey } from '../stage.ts';
import { route } from './route.ts';

const scope = z.object({ scope: Id });

export const listScopes = route({
  method: 'get',
  path: '/api/scopes',
  summary: 'The scopes I may see',
  answer: z.object({ scopes: z.array(ScopeSummary) }),
});

export const createScope = route({
  method: 'post',
  path: '/api/organisations/{organisation}/scopes',
  summary: 'Open a scope with the default operating model; whoever opens it leads it',
  write: true,
  params: z.object({ organisation: Id }),
  body: NewScope,
  answer: z.object({ scope: Id }),
});

export const getScope = route({
  method: 'get',
  path: '/api/scopes/{scope}',
  summary: 'A scope with its people and my duties in it',
  params: scope,
  answer: Scope,
});

export const getBoard = route({
  method: 'get',
  path: '/api/scopes/{scope}/board',
  summary: 'Every column with its count and its first cards',
  params: scope,
  query: CardFilter,
  answer: Board,
});

export const getColumn = route({
  method: 'get',
  path: '/api/scopes/{scope}/stages/{stage}/cards',
  summary: 'The following window of one column',
  params: scope.extend({ stage: StageKey }),
  query: CardFilter.extend({ after: WindowKey.optional().describe('`next` of the window before') }),
  answer: Column,
});

export const getHanding = route({
  method: 'get',
  path: '/api/scopes/{scope}/handing',
  summary: 'What each person of a scope has in hand, and how much nobody has',
  params: scope,
  answer: ScopeWorkloads,
});

export const catchUp = route({
  method: 'get',
  path: '/api/scopes/{scope}/events',
  summary: 'What happened after a sequence number, in order and without gaps',
  params: scope,
  query: z.object({ after: z.coerce.number().int().min(0) }),
  answer: CatchUp,
});

export const findReferences = route({
  method: 'get',
  path: '/api/scopes/{scope}/references',
  summary: 'Which records of a scope these references name; others are left out',
  params: scope,
  query: z.object({ names: z.string().max(1_000).describe('Up to 50 references, separated by commas') }),
  answer: z.object({ records: z.array(z.object({ id: Id, reference: z.string() })) }),
});

export const searchScope = route({
  method: 'get',
  path: '/api/scopes/{scope}/search',
  summary: 'Up to 20 records of a scope whose VIN, reference or type holds a text; a reference in full comes first',
  params: scope,
  query: z.object({ text: z.string().trim().min(3).max(100) }),
  answer: z.object({ records: z.array(FoundRecord) }),
});

export const listActivity = route({
  method: 'get',
  path: '/api/scopes/{scope}/activity',
  summary: 'The trail of a scope, newest first, paged by sequence number',
  params: scope,
  query: z.object({ before: z.coerce.number().int().min(0).optional(), record: Id.optional() }),
  answer: z.object({ events: z.array(TrailEvent), next: z.int().nullable() }),
});
