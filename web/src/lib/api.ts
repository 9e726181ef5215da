import type { z } from 'zod';
import type { Problem } from '#shared/contract/problem.ts';
import type { Routes } from '#shared/contract/routes/all.ts';
import { learnServerTime } from './server-clock.ts';

type Part<R, K extends string> = R extends { [P in K]: infer S extends z.ZodType } ? { [P in K]: z.input<S> } : unknown;

/** What goes to each route and comes back, by `method path`; made once, so that a call costs the compiler one look-up. */
type Wire = {
  [K in keyof Routes as `${Routes[K]['method']} ${Routes[K]['path']}`]: {
    ask: Part<Routes[K], 'params'> & Part<Routes[K], 'query'> & Part<Routes[K], 'body'> & Sending;
    answer: z.output<Routes[K]['answer']>;
  };
};

interface Sending {
  file?: Blob;
  /** Left out: a new one. Given: the same intent sent again. */
  operation?: string;
  fetch?: typeof fetch;
}

/** `get /api/records/{record}`: the routes declared in `shared/contract/routes`. */
export type RouteName = keyof Wire;
export type Ask<N extends RouteName> = Wire[N]['ask'];
export type Answer<N extends RouteName> = Wire[N]['answer'];

/** An answer that is not a success, as the server said it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** The connection failed: whether the server did it is not known. Sending the same operation again is safe. */
export class Unreachable extends Error {}

/** Calls a route of the API. Throws ProblemError for a refusal and Unreachable where no answer came. */
export async function call<N extends RouteName>(name: N, ask: Ask<N>): Promise<Answer<N>> {
  const { params, query, body, file, operation, fetch: send = fetch } = ask as Ask<N> & Loose;
  const [method, path] = name.split(' ') as [string, string];
  const address = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params?.[key] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query ?? {}).flatMap(([key, value]) =>
      value === undefined || value === '' || value === false ? [] : [[key, String(value)]],
    ),
  );
  const sent = Date.now();
  const response = await send(search.size > 0 ? `${address}?${search}` : address, {
    method: method.toUpperCase(),
    headers: {
      ...(method === 'get' ? {} : { 'operation-id': operation ?? crypto.randomUUID() }),
      ...(file ? {} : body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: file ?? (body === undefined ? null : JSON.stringify(body)),
  }).catch(() => {
    throw new Unreachable('The server cannot be reached.');
  });
  learnServerTime(response.headers.get('date'), sent, Date.now());
  const said: unknown = await response.json().catch(() => null);
  // No JSON: a proxy answered in the server's place.
  if (said === null) throw new Unreachable('The server cannot be reached.');
  if (!response.ok) throw new ProblemError(said as Problem);
  return said as Answer<N>;
}

interface Loose {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}
