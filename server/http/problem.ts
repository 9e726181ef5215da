import { logError } from '#server/log.ts';
import { HTTPException } from 'hono/http-exception';
import type { Context } from 'hono';
import type { Problem } from '#shared/contract/problem.ts';
import type { IssueKey } from '#shared/contract/issue-key.ts';
import { issueLabel, problemDetail, problemTitle } from '#shared/text/problem-labels.ts';
import { Forbidden, NotFound, Refused, Stale } from '#server/commands/errors.ts';
import { isUnavailable } from '#server/db/driver/client.ts';
import { TooMany } from '#server/limits/too-many.ts';
import { v7 } from '#server/db/driver/uuid.ts';

/** A request that does not match the schema of its route. */
export class Invalid extends Error {
  readonly issues: NonNullable<Problem['issues']>;
  constructor(issues: NonNullable<Problem['issues']>) {
    super('invalid');
    this.issues = issues;
  }
}

/** An issue with its message, for a field that does not match its schema. */
export function issueAt(path: string, key: IssueKey, params: Record<string, string | number> = {}) {
  return { path, key, params, message: issueLabel({ path, key, params, message: '' }) };
}

export class SignedOut extends Error {}
/** The cookie belongs to another person than the one the page was loaded for. */
export class OtherPerson extends Error {}
/** A size limit is exceeded. Units of `most`: MiB for a file or request, KiB for a sign-in, a count for values. */
export class TooLarge extends Error {
  readonly what: 'file' | 'request' | 'signIn' | 'values';
  readonly most: number;
  constructor(what: TooLarge['what'], most: number) {
    super('too large');
    this.what = what;
    this.most = most;
  }
}
/** The mail server did not accept a mail to this address. */
export class MailNotSent extends Error {
  readonly to: string;
  constructor(to: string) {
    super('mail not sent');
    this.to = to;
  }
}

/** Too many wrong passwords; another try is accepted after this many seconds. */
export class TooManyTries extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('too many tries');
    this.seconds = seconds;
  }
}

/** A write from a page of another origin. */
export class ForeignOrigin extends Error {
  readonly publicUrl: string;
  constructor(publicUrl: string) {
    super('foreign origin');
    this.publicUrl = publicUrl;
  }
}

/** Converts any error to a Problem. Title and detail are in the default language, for users of the API. */
export function problemOf(error: unknown): Problem {
  const { type, status, detail, ...more } = factsOf(error);
  const facts = { type, ...more };
  return { type, title: problemTitle(facts), status, detail: detail ?? problemDetail(facts), ...more };
}

type Facts = Omit<Problem, 'title' | 'detail'> & { detail?: string };

/**
 * Maps an error to its type and status. Unexpected errors become a 500 with a request id for looking up the log entry.
 */
function factsOf(error: unknown): Facts {
  if (error instanceof Refused) return { type: 'refused', status: 422, findings: [...error.findings] };
  if (error instanceof Forbidden) return { type: 'forbidden', status: 403, findings: [error.finding] };
  if (error instanceof Stale) {
    const { field, path, current } = error;
    return { type: 'stale', status: 409, params: { field, ...(path === null ? {} : { path }) }, current };
  }
  if (error instanceof NotFound) return { type: 'not-found', status: 404, params: { what: error.what } };
  if (error instanceof Invalid) return { type: 'invalid', status: 400, issues: error.issues };
  if (error instanceof SignedOut) return { type: 'signed-out', status: 401 };
  if (error instanceof OtherPerson) return { type: 'other-person', status: 403 };
  if (error instanceof MailNotSent) return { type: 'failed', status: 503, params: { what: 'mail', to: error.to } };
  if (error instanceof TooLarge) {
    return { type: 'too-large', status: 413, params: { what: error.what, most: error.most } };
  }
  if (error instanceof ForeignOrigin) {
    return { type: 'foreign-origin', status: 403, params: { url: error.publicUrl } };
  }
  if (error instanceof TooMany) {
    const { seconds } = error;
    return { type: 'too-many-requests', status: 429, params: { seconds }, retryAfter: seconds };
  }
  if (error instanceof TooManyTries) {
    const { seconds } = error;
    return { type: 'too-many-requests', status: 429, params: { what: 'passwords', seconds }, retryAfter: seconds };
  }
  if (error instanceof HTTPException) return { type: 'invalid', status: error.status, detail: error.message };
  if (isUnavailable(error)) {
    logError('a request met a database that is not available', error);
    return { type: 'unavailable', status: 503 };
  }
  const requestId = v7();
  logError(`request ${requestId} failed`, error);
  return { type: 'failed', status: 500, params: { request: requestId }, requestId };
}

/**
 * The error that a body raises when its sender closes the connection early; null otherwise. Nobody receives an answer,
 * and the server is not at fault.
 */
export const senderGone = (c: Context): Error | null => c.env?.incoming?.errored ?? null;

export function answerProblem(c: Context, error: unknown): Response {
  if (error instanceof Error && error === senderGone(c)) return c.body(null, 400);
  const problem = problemOf(error);
  return c.json(problem, problem.status as 400, {
    'content-type': 'application/problem+json',
    ...(problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) }),
  });
}
