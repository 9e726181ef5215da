import { z } from 'zod';
import type { Duty } from './duty.ts';
import type { ExceptionChanges } from './exception.ts';
import { Finding } from './finding.ts';
import { IssueKey } from './issue-key.ts';

/** Codes, numbers, and text that people typed. */
const TextParams = z.record(z.string(), z.union([z.string(), z.number()]));

/** The kind of object that a request refers to and that does not exist. In `params.what` of `not-found`. */
export type Thing =
  | 'absence'
  | 'address'
  | 'agendaRecord'
  | 'approval'
  | 'columnMapping'
  | 'exception'
  | 'file'
  | 'import'
  | 'invitation'
  | 'link'
  | 'operation'
  | 'organisation'
  | 'person'
  | 'record'
  | 'revision'
  | 'scope'
  | 'standup'
  | 'successor'
  | 'trial'
  | 'waiver';

/**
 * What has changed since the caller read it. In `params.field` of `stale`; for `entry`, `params.path` is the path in
 * the data.
 */
export type StaleField =
  | Duty
  | 'approval'
  | 'duties'
  | 'entry'
  | 'exception'
  | `exception.${keyof ExceptionChanges}`
  | 'import'
  | 'name'
  | 'nextAction'
  | 'outcome'
  | 'plannedRelease'
  | 'ruleVersion'
  | 'stage'
  | 'standupLead'
  | 'standupPosition'
  | 'timeZone'
  | 'waiver'
  | 'withdrawal';

/** RFC 9457. Every unsuccessful response of the API has this shape and the media type `application/problem+json`. */
export const Problem = z.object({
  type: z.enum([
    'refused',
    'stale',
    'not-found',
    'forbidden',
    'foreign-origin',
    'invalid',
    'signed-out',
    'other-person',
    'too-large',
    'too-many-requests',
    'failed',
    'unavailable',
  ]),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('What is wrong, where, and what to do'),
  params: TextParams.optional().describe('What title and detail are written from, in the language of the reader'),
  findings: z.array(Finding).optional().describe('With `refused` and `forbidden`'),
  issues: z
    .array(
      z.object({
        path: z.string(),
        message: z.string().describe('In English; `key` and `params` say the same'),
        key: IssueKey.optional(),
        params: TextParams.optional(),
      }),
    )
    .optional()
    .describe('With `invalid`: the path of each bad field'),
  current: z.unknown().optional().describe('With `stale`: the value as it is now'),
  retryAfter: z.int().optional().describe('With `too-many-requests`: seconds to wait, as in the header Retry-After'),
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;
