import { z } from 'zod';
import { Finding } from './finding.ts';

/** RFC 9457. Every answer of the API that is not a success has this shape and `application/problem+json`. */
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
  findings: z.array(Finding).optional().describe('With `refused` and `forbidden`'),
  issues: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .describe('With `invalid`: the path of each bad field'),
  current: z.unknown().optional().describe('With `stale`: the value as it is now'),
  retryAfter: z.int().optional().describe('With `too-many-requests`: seconds to wait, as in the header Retry-After'),
  requestId: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;
