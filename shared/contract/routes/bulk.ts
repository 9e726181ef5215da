import { z } from 'zod';
import { SetHandOver, SetMove, SetResult } from '../bulk.ts';
import { Id, OperationId } from '../id.ts';
import { route } from './route.ts';

const scope = z.object({ scope: Id });
const results = z.object({ results: z.array(SetResult) });

export const moveRecords = route({
  method: 'post',
  path: '/api/scopes/{scope}/bulk/moves',
  summary: 'Move several cards to a stage; each is judged, and moved or refused, on its own',
  write: true,
  params: scope,
  body: SetMove,
  answer: results,
});

export const handOverRecords = route({
  method: 'post',
  path: '/api/scopes/{scope}/bulk/next-actions',
  summary: 'Give the next action of several records to one person; each is judged on its own',
  write: true,
  params: scope,
  body: SetHandOver,
  answer: results,
});

export const takeBack = route({
  method: 'post',
  path: '/api/operations/{operation}/take-back',
  summary: 'Take back a move, a hand-over or a duty of my own, or a set of them, where nothing changed since',
  write: true,
  params: z.object({ operation: OperationId }),
  answer: results,
});
