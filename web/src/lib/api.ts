import type { z } from 'zod';
import { personHeader } from '#shared/contract/person-header.ts';
import { Problem } from '#shared/contract/problem.ts';
import type { Routes } from '#shared/contract/routes/all.ts';
import { pagePerson, reloadForOther } from './page-person.ts';
import { learnServerTime } from './server-clock.ts';
import { answered, operationFor } from './unanswered.ts';

type Part<R, K extends string> = R extends { [P in K]: infer S extends z.ZodType } ? { [P in K]: z.input<S> } : unknown;

/**
 * Request and response types of each route, by `method path`. Mapped once, so that a call costs the compiler one
 * lookup.
 */
type Wire = {
  [K in keyof Routes as `${Routes[K]['method']} ${Routes[K]['path']}`]: {
    ask: Part<Routes[K], 'params'> & Part<Routes[K], 'query'> & Part<Routes[K], 'body'> & Sending;
    answer: z.output<Routes[K]['answer']>;
  };
};

interface Sending {
  file?: Blob;
  /**
   * Left out: the client makes one for this content and keeps it until the server answers. Given: a retry of that
   * intent.
   */
  operation?: string;
  fetch?: typeof fetch;
}

/** `get /api/records/{record}`: a route declared in `shared/contract/routes`. */
export type RouteName = keyof Wire;
export type Ask<N extends RouteName> = Wire[N]['ask'];
export type Answer<N extends RouteName> = Wire[N]['answer'];

/** The server decided: its answer is final for this request. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.type);
    this.problem = problem;
  }
}

/**
 * No answer arrived, or one that decides nothing: from a proxy, a captive portal, or a server that failed. The outcome
 * is unknown. Sending the same operation again is safe.
 */
export class Unreachable extends Error {
  /** The problem our server reported; null where the answer is not from our server. */
  readonly problem: Problem | null;
  /** Time to wait before the next try, in milliseconds; null where the answer does not state one. */
  readonly retryAfterMs: number | null;
  constructor(problem: Problem | null = null, retryAfterMs: number | null = null) {
    super(problem?.type ?? 'unreachable');
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Timeout of a request, in milliseconds. It is long enough for the largest bulk operation; beyond it the connection is
 * lost.
 */
const timeoutMs = 30_000;

/** Calls a route of the API. Throws ProblemError for a decision of the server and Unreachable for anything else. */
export async function call<N extends RouteName>(name: N, ask: Ask<N>): Promise<Answer<N>> {
  const { params, query, body, file, operation, fetch: send = fetch } = ask as Ask<N> & Loose;
  const [method, path] = name.split(' ') as [string, string];
  const address = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params?.[key] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query ?? {}).flatMap(([key, value]) =>
      value === undefined || value === '' || value === false ? [] : [[key, String(value)]],
    ),
  );
  const target = search.size > 0 ? `${address}?${search}` : address;
  const content = file ? sketchOf(file) : body === undefined ? null : JSON.stringify(body);
  const intent = method === 'get' ? null : (operation ?? operationFor(name + target, content ?? ''));
  const sent = Date.now();
  const response = await send(target, {
    method: method.toUpperCase(),
    headers: {
      ...(intent ? { 'operation-id': intent, ...personHeaders() } : {}),
      ...(!file && content !== null ? { 'content-type': 'application/json' } : {}),
    },
    body: file ?? content,
    ...(file ? {} : { signal: AbortSignal.timeout(timeoutMs) }),
  }).catch(() => {
    throw new Unreachable();
  });
  try {
    const message = (await readAnswer(response)) as Answer<N>;
    learnServerTime(response.headers.get('date'), sent, Date.now());
    if (intent) answered(name + target, intent);
    return message;
  } catch (error) {
    const decided = error instanceof ProblemError && !isOfSession(error.problem);
    if (intent && decided) answered(name + target, intent);
    throw error;
  }
}

/**
 * The JSON of a successful answer. Only our server answers with its media types, without a redirect, in the shape of a
 * Problem.
 */
async function readAnswer(response: Response): Promise<unknown> {
  const mediaType = response.headers.get('content-type')?.split(';')[0];
  const expected = response.ok ? 'application/json' : 'application/problem+json';
  const ours = mediaType === expected && !response.redirected;
  const message: unknown = ours ? await response.json().catch(() => undefined) : undefined;
  if (response.ok && message !== undefined) return message;
  const parsed = response.ok ? null : Problem.safeParse(message);
  const problem = parsed?.success && parsed.data.status === response.status ? parsed.data : null;
  if (problem?.type === 'other-person') reloadForOther();
  if (problem && isDecision(problem)) throw new ProblemError(problem);
  throw new Unreachable(problem, retryAfterIn(response.headers.get('retry-after')));
}

/** Whether a problem concerns the session or its person. Such a problem decides nothing about the request. */
export const isOfSession = ({ type }: Problem): boolean => type === 'signed-out' || type === 'other-person';

/** A server error and a rate limit decide nothing. */
const isDecision = ({ status }: Problem): boolean => status < 500 && status !== 429;

/** Parses `Retry-After`, in seconds or as a date, into milliseconds from now. Null where it is missing. */
function retryAfterIn(header: string | null): number | null {
  if (!header) return null;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** Identifies a file without reading it. */
const sketchOf = (file: Blob) => `${file.size} ${file.type} ${file instanceof File ? file.lastModified : ''}`;

/** The header that names the person of this page; empty on a page without a person. */
export function personHeaders(): Record<string, string> {
  const person = pagePerson();
  return person ? { [personHeader]: person } : {};
}

interface Loose {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}
