import { z } from 'zod';
import { Id, largestInteger } from '../id.ts';
import { Agenda, NewStandup, Standup, StandupDecision, StandupOutcome, StandupSummary } from '../standup.ts';
import { route } from './route.ts';

const scope = z.object({ scope: Id });
const standup = z.object({ standup: Id });
/** Every command on a standup returns its current state. */
const changed = z.object({ standup: Standup });

export const getAgenda = route({
  method: 'get',
  path: '/api/scopes/{scope}/agenda',
  summary: 'What a standup that starts now would go through, each record with its reasons',
  params: scope,
  answer: Agenda,
});

export const startStandup = route({
  method: 'post',
  path: '/api/scopes/{scope}/standups',
  summary: 'Start a standup: the agenda is frozen, the caller leads; one at a time in a scope',
  write: true,
  params: scope,
  body: NewStandup,
  answer: changed,
});

export const listStandups = route({
  method: 'get',
  path: '/api/scopes/{scope}/standups',
  summary: 'The standups of a scope, newest first; the open one, where there is one, comes first',
  params: scope,
  query: z.object({ before: Id.optional() }),
  answer: z.object({ standups: z.array(StandupSummary), next: Id.nullable() }),
});

export const getStandup = route({
  method: 'get',
  path: '/api/standups/{standup}',
  summary: 'A standup with its agenda, outcomes and people; its minutes, once it has ended',
  params: standup,
  answer: Standup,
});

export const joinStandup = route({
  method: 'post',
  path: '/api/standups/{standup}/join',
  summary: 'Take part',
  write: true,
  params: standup,
  body: z.object({}),
  answer: changed,
});

export const leaveStandup = route({
  method: 'post',
  path: '/api/standups/{standup}/leave',
  summary: 'Take part no longer; the standup goes on',
  write: true,
  params: standup,
  body: z.object({}),
  answer: changed,
});

export const walkStandup = route({
  method: 'post',
  path: '/api/standups/{standup}/walk',
  summary: 'Put another record on the table; the leader alone does, under the present term',
  write: true,
  params: standup,
  body: z.object({ term: z.int32(), from: z.int32(), to: z.int32().min(0) }),
  answer: changed,
});

export const leadStandup = route({
  method: 'post',
  path: '/api/standups/{standup}/lead',
  summary: 'Take over the lead of a leader who is away, or, as a lead of the scope, of anybody',
  write: true,
  params: standup,
  body: z.object({ term: z.int32().describe('The term the caller saw; another has begun: stale') }),
  answer: changed,
});

export const decideInStandup = route({
  method: 'post',
  path: '/api/standups/{standup}/items/{position}/outcome',
  summary: 'Decide about a record of the agenda; what the decision changes is changed with it',
  write: true,
  params: standup.extend({ position: z.coerce.number().int().min(0).max(largestInteger) }),
  body: z.object({
    from: StandupOutcome.nullable().describe('The outcome the caller saw'),
    decision: StandupDecision,
  }),
  answer: changed,
});

export const endStandup = route({
  method: 'post',
  path: '/api/standups/{standup}/end',
  summary: 'End it; what was not reached begins the next agenda',
  write: true,
  params: standup,
  body: z.object({ term: z.int32() }),
  answer: changed,
});

export const getMinutes = route({
  method: 'get',
  path: '/api/standups/{standup}/minutes.md',
  summary: 'The minutes as Markdown',
  params: standup,
  answersFile: true,
  answer: z.undefined(),
});

export const standupsOfRecord = route({
  method: 'get',
  path: '/api/records/{record}/standups',
  summary: 'The standups a record was on the agenda of, newest first, with what was decided',
  params: z.object({ record: Id }),
  answer: z.object({
    standups: z.array(
      z.object({ standup: Id, startedAt: StandupSummary.shape.startedAt, outcome: StandupOutcome.nullable() }),
    ),
  }),
});
