import { z } from 'zod';
import { Id, Moment } from '../id.ts';
import { CardFilter, Column, WindowKey } from '../record.ts';
import { ChangesSince, PastBoard, SinceWhat, Visit } from '../since.ts';
import { StageKey } from '../stage.ts';
import { route } from './route.ts';

const scope = z.object({ scope: Id });

export const changesSince = route({
  method: 'get',
  path: '/api/scopes/{scope}/since',
  summary:
    'What changed since a standup, my last visit, a number or a moment: per record, by whom and when, with totals',
  params: scope,
  query: z.object({ from: SinceWhat }),
  answer: ChangesSince,
});

export const boardAt = route({
  method: 'get',
  path: '/api/scopes/{scope}/board-at',
  summary: 'The board as it stood right after an event, or at a moment; left out: at the newest event',
  params: scope,
  query: CardFilter.extend({ seq: z.coerce.number().int().min(0).optional(), at: Moment.optional() }),
  answer: PastBoard,
});

export const columnAt = route({
  method: 'get',
  path: '/api/scopes/{scope}/stages/{stage}/cards-at',
  summary: 'The following window of one column of a past board',
  params: scope.extend({ stage: StageKey }),
  query: CardFilter.extend({ seq: z.coerce.number().int().min(0), after: WindowKey.optional() }),
  answer: Column,
});

export const noteVisit = route({
  method: 'post',
  path: '/api/scopes/{scope}/visit',
  summary: 'Say how far I have seen the board; after half an hour away, or on another day, a new visit begins',
  write: true,
  params: scope,
  body: z.object({ seq: z.int().min(0) }),
  answer: Visit,
});
