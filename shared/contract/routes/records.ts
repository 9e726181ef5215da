import { z } from 'zod';
import { Day, Id, largestInteger } from '../id.ts';
import { Card, DataEdit, DataTree, DutyAssignment, HandOver, Move, NewReview, RecordDetail } from '../record.ts';
import { Revision, RevisionChange, RevisionDetail } from '../revision.ts';
import { route } from './route.ts';

const record = z.object({ record: Id });
/** Every command on a record returns its current card. */
const changed = z.object({ card: Card });

export const createRecord = route({
  method: 'post',
  path: '/api/scopes/{scope}/records',
  summary: 'Create one record from vehicle data',
  write: true,
  params: z.object({ scope: Id }),
  body: z.object({ data: DataTree }),
  answer: changed,
});

export const getRecord = route({
  method: 'get',
  path: '/api/records/{record}',
  summary: 'A record with its data, verdicts, exceptions and reviews',
  params: record,
  answer: RecordDetail,
});

export const moveRecord = route({
  method: 'post',
  path: '/api/records/{record}/move',
  summary: 'Move a card; forward, every gate up to the stage entered decides',
  write: true,
  params: record,
  body: Move,
  answer: changed,
});

export const editData = route({
  method: 'post',
  path: '/api/records/{record}/edits',
  summary: 'Change entries of the vehicle data; makes one revision',
  write: true,
  params: record,
  body: z.object({ edits: z.array(DataEdit).min(1).max(500) }),
  answer: changed.extend({ revision: z.int() }),
});

export const assignDuty = route({
  method: 'post',
  path: '/api/records/{record}/duties',
  summary: 'Give a duty on this record to a person who holds it in the scope, or to nobody',
  write: true,
  params: record,
  body: DutyAssignment,
  answer: changed,
});

export const handOver = route({
  method: 'post',
  path: '/api/records/{record}/next-action',
  summary: 'Say what has to happen next, who does it and until when',
  write: true,
  params: record,
  body: HandOver,
  answer: changed,
});

export const planRelease = route({
  method: 'post',
  path: '/api/records/{record}/release',
  summary: 'Plan the day on which the vehicle is to be released',
  write: true,
  params: record,
  body: z.object({ from: Day.nullable().describe('The day the caller saw'), to: Day.nullable() }),
  answer: changed,
});

export const reviewRecord = route({
  method: 'post',
  path: '/api/records/{record}/reviews',
  summary: 'Accept or return the present data revision as its reviewer',
  write: true,
  params: record,
  body: NewReview,
  answer: changed,
});

export const listRevisions = route({
  method: 'get',
  path: '/api/records/{record}/revisions',
  summary: 'The revisions of the data, newest first; paged by number',
  params: record,
  query: z.object({ before: z.coerce.number().int().min(0).max(largestInteger).optional() }),
  answer: z.object({ revisions: z.array(Revision), next: z.int().nullable() }),
});

export const getRevision = route({
  method: 'get',
  path: '/api/records/{record}/revisions/{revision}',
  summary: 'The whole data as one revision left it',
  params: record.extend({ revision: z.coerce.number().int().min(1).max(largestInteger) }),
  answer: RevisionDetail,
});

export const compareRevisions = route({
  method: 'get',
  path: '/api/records/{record}/comparison',
  summary: 'What differs between two revisions of the data',
  params: record,
  query: z.object({
    from: z.coerce.number().int().min(1).max(largestInteger),
    to: z.coerce.number().int().min(1).max(largestInteger),
  }),
  answer: z.object({ changes: z.array(RevisionChange) }),
});
