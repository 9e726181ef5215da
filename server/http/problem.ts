import { logError } from '#server/log.ts';
import { HTTPException } from 'hono/http-exception';
import type { Context } from 'hono';
import type { Problem } from '#shared/contract/problem.ts';
import { sentence } from '#shared/text/sentence.ts';
import { Forbidden, NotFound, Refused, Stale } from '#server/commands/errors.ts';
import { isUnavailable } from '#server/db/client.ts';
import { TooMany } from '#server/limits/too-many.ts';
import { v7 } from '#server/db/uuid.ts';

/** A request that does not have the shape its route asks for. */
export class Invalid extends Error {
  readonly issues: NonNullable<Problem['issues']>;
  constructor(issues: NonNullable<Problem['issues']>) {
    super('invalid');
    this.issues = issues;
  }
}

export class SignedOut extends Error {}
/** The cookie is another person's than the page that sends the request believes. */
export class OtherPerson extends Error {}
export class TooLarge extends Error {}
/** The mail server did not take a mail to this address. */
export class MailNotSent extends Error {
  readonly to: string;
  constructor(to: string) {
    super('mail not sent');
    this.to = to;
  }
}

/** Too many wrong passwords; another try is taken after so many seconds. */
export class TooManyTries extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('too many tries');
    this.seconds = seconds;
  }
}

/** A write from a page that is not the board's own. */
export class ForeignOrigin extends Error {
  readonly publicUrl: string;
  constructor(publicUrl: string) {
    super('foreign origin');
    this.publicUrl = publicUrl;
  }
}

/** The one place where an error becomes an answer. What is none of ours is a 500 with a number to look it up by. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refused) {
    return {
      type: 'refused',
      title: 'Refused',
      status: 422,
      detail: error.findings.map(sentence).join(' '),
      findings: [...error.findings],
    };
  }
  if (error instanceof Forbidden) {
    return {
      type: 'forbidden',
      title: 'Not yours to do',
      status: 403,
      detail: sentence(error.finding),
      findings: [error.finding],
    };
  }
  if (error instanceof Stale) {
    return {
      type: 'stale',
      title: 'Changed meanwhile',
      status: 409,
      detail: `Somebody changed the ${error.field} since you looked. Look at it as it is now, then decide again.`,
      current: error.current,
    };
  }
  if (error instanceof NotFound) {
    return {
      type: 'not-found',
      title: 'Not found',
      status: 404,
      detail: `There is no such ${error.what} here, or you do not belong to it.`,
    };
  }
  if (error instanceof Invalid) {
    const [first] = error.issues;
    return {
      type: 'invalid',
      title: 'Not understood',
      status: 400,
      detail: `${first?.path || 'The request'}: ${first?.message}`,
      issues: error.issues,
    };
  }
  if (error instanceof SignedOut) {
    return { type: 'signed-out', title: 'Signed out', status: 401, detail: 'Sign in first.' };
  }
  if (error instanceof OtherPerson) {
    return {
      type: 'other-person',
      title: 'Somebody else is signed in',
      status: 403,
      detail: 'Somebody else signed in in this browser, so nothing was changed. Reload the page.',
    };
  }
  if (error instanceof MailNotSent) {
    return {
      type: 'failed',
      title: 'The mail did not go out',
      status: 503,
      detail: `The mail server did not take the mail to ${error.to}. Send it again in a moment, or revoke the invitation.`,
    };
  }
  if (error instanceof TooLarge) {
    return { type: 'too-large', title: 'Too large', status: 413, detail: error.message };
  }
  if (error instanceof ForeignOrigin) {
    return {
      type: 'foreign-origin',
      title: 'From another address',
      status: 403,
      detail: `The board is reached at ${error.publicUrl}. Open it there; or, if you run it, set PUBLIC_URL to the address in use.`,
    };
  }
  if (error instanceof TooMany) {
    const { seconds } = error;
    return {
      type: 'too-many-requests',
      title: 'Too many requests',
      status: 429,
      detail: `You sent too many requests in a short time. Nothing was changed. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
      retryAfter: seconds,
    };
  }
  if (error instanceof TooManyTries) {
    return {
      type: 'too-many-requests',
      title: 'Too many tries',
      status: 429,
      detail: `Too many wrong passwords. Try again in ${waitWords(error.seconds)}.`,
      retryAfter: error.seconds,
    };
  }
  if (error instanceof HTTPException) {
    return { type: 'invalid', title: 'Not understood', status: error.status, detail: error.message };
  }
  if (isUnavailable(error)) {
    logError('a request met a database that is not available', error);
    return {
      type: 'unavailable',
      title: 'Not available at the moment',
      status: 503,
      detail: 'The database does not answer at the moment. Try again in a few seconds; sending the same again is safe.',
    };
  }
  const requestId = v7();
  logError(`request ${requestId} failed`, error);
  return {
    type: 'failed',
    title: 'Something went wrong here',
    status: 500,
    detail: `Try again; if it stays, name request ${requestId}.`,
    requestId,
  };
}

const waitWords = (seconds: number) =>
  seconds < 90 ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : `${Math.ceil(seconds / 60)} minutes`;

/** Why a body could not be read to its end: its sender closed the connection. Nobody hears an answer, and nothing is wrong here. */
export const senderGone = (c: Context): Error | null => c.env?.incoming?.errored ?? null;

export function answerProblem(c: Context, error: unknown): Response {
  if (error instanceof Error && error === senderGone(c)) return c.body(null, 400);
  const problem = problemOf(error);
  return c.json(problem, problem.status as 400, {
    'content-type': 'application/problem+json',
    ...(problem.retryAfter === undefined ? {} : { 'retry-after': String(problem.retryAfter) }),
  });
}
