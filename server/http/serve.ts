import type { Context } from 'hono';
import type { Api } from './app.ts';
import { parseBounded } from './bounded-json.ts';
import { z } from 'zod';
import type { Duty } from '#shared/contract/duty.ts';
import { OperationId } from '#shared/contract/id.ts';
import { IssueKey } from '#shared/contract/issue-key.ts';
import type { Problem } from '#shared/contract/problem.ts';
import type { Route } from '#shared/contract/routes/route.ts';
import type { Call, Services } from '#server/commands/command.ts';
import type { TakeRequest } from '#server/limits/request-limits.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import type { ExclusiveWork } from '#server/cluster/exclusive-work.ts';
import type { IsOwnOrigin } from '#server/origins.ts';
import { addressOf, type TrustedProxies } from '#server/trusted-proxies.ts';
import type { LiveSessions } from '#server/sessions/live-sessions.ts';
import { Invalid, issueAt, SignedOut } from './problem.ts';
import { checkPersonHeader } from './person-header.ts';
import { costOf } from './route-costs.ts';
import type { Sessions, SignedIn } from './session.ts';
import type { SignIn } from './sign-in.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import { mayHoldUnstorable, storable } from './storable.ts';
import { unknownKeys } from './unknown-keys.ts';

export interface HttpServices extends Services {
  signIn: SignIn;
  sessions: Sessions;
  liveSessions: LiveSessions;
  publicUrl: string;
  isOwnOrigin: IsOwnOrigin;
  trustedProxies: TrustedProxies;
  signInLimits: SignInLimits;
  secret: string;
  /** Null if the board does not send mail. */
  mailer: Mailer | null;
  /** The token of the one-time setup link while there is no organisation; otherwise null. */
  setupToken(): string | null;
  /** Seconds for which a person has had no connection in a standup; null: they are connected. */
  secondsAway(standup: string, person: string): Promise<number | null>;
  /** Budget and slot of every request, so that one person's requests do not delay those of others. */
  takeRequest: TakeRequest;
  /** Long work that one process does at a time. */
  work: ExclusiveWork;
  /** The people who can sign in, in the demo only. */
  demo: DemoCast | null;
}

export interface DemoCast {
  password: string;
  people: { name: string; email: string; duty: Duty }[];
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** The input of a handler: parsed parameters, the caller, and the call to pass to a command. */
export interface Request<R extends Route> {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
  /** The file of a `file` route. */
  file: ReadableStream<Uint8Array> | null;
  /** Null only on open routes. */
  person: R['open'] extends true ? SignedIn | null : SignedIn;
  call: Call & { operation: string };
  headers: Headers;
}

/** Mounts a declared route: authenticates the caller, validates the input and answers with JSON. */
export function serve<R extends Route>(
  app: Api,
  services: HttpServices,
  route: R,
  handle: (request: Request<R>) => Promise<z.input<R['answer']>>,
): void {
  mount(app, services, route, async (c, request) => c.json((await handle(request)) as object));
}

/** A file to return. Browsers save it under its name and never display or run it. */
export interface AnsweredFile {
  name: string;
  mediaType: string;
  content: Uint8Array;
}

/** Mounts a declared route that answers with a file. */
export function serveFile<R extends Route & { answersFile: true }>(
  app: Api,
  services: HttpServices,
  route: R,
  handle: (request: Request<R>) => Promise<AnsweredFile>,
): void {
  mount(app, services, route, async (c, request) => {
    const { name, mediaType, content } = await handle(request);
    const safe = fileName(name);
    const plain = safe.replaceAll(/[^\w .-]/g, '_');
    return c.body(new Uint8Array(content), 200, {
      'content-type': mediaType,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeName(safe)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
    });
  });
}

/**
 * Returns a name that every file system accepts and that cannot point to another folder: `..`, `a/b` and invisible
 * characters are replaced or removed.
 */
const fileName = (name: string) =>
  name
    .replaceAll(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '_')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '') || 'file';

/** RFC 8187 requires more characters to be escaped than a URL does. */
const encodeName = (name: string) =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

function mount<R extends Route>(
  app: Api,
  services: HttpServices,
  route: R,
  answer: (c: Context, request: Request<R>) => Promise<Response>,
): void {
  const headers = route.write ? z.object({ 'operation-id': OperationId }) : undefined;
  app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
    const session = await services.sessions.of(c.req.raw.headers);
    const person = session?.person ?? null;
    if (!person && !route.open) throw new SignedOut();
    if (route.write) checkPersonHeader(c, person);
    if (session?.due) {
      for (const cookie of await services.sessions.prolong(c.req.raw.headers)) {
        c.header('set-cookie', cookie, { append: true });
      }
    }
    const operation = headers
      ? parse(headers, { 'operation-id': c.req.header('operation-id') }, 'header')['operation-id']
      : '';
    const params = route.params && parse(route.params, c.req.param(), 'path');
    const query = route.query && parse(route.query, queryOf(c), 'query');
    const who = person?.id ?? addressOf(services.trustedProxies, c.env?.incoming);
    // A large body over the budget is not even read. A chunked body, whose length is not declared, counts as large.
    const chunked = c.req.header('transfer-encoding') !== undefined;
    const declaredLength = chunked ? Infinity : c.req.header('content-length');
    const untold = route.body && declaredLength === undefined ? await c.req.text() : '';
    const enter = await services.takeRequest(who, costOf(route, query, Number(declaredLength ?? untold.length)));
    // The body is read before the request takes a slot, so that a slow upload does not occupy one. It is parsed
    // afterwards.
    const text = untold || (route.body ? await c.req.text() : '');
    const leave = await enter();
    try {
      // The client may have disconnected while the request waited.
      if (c.env?.outgoing?.destroyed) return c.body(null);
      const request = {
        params,
        query,
        body: route.body && parse(route.body, parseBounded(text), 'body', mayHoldUnstorable(text)),
        file: route.file ? c.req.raw.body : null,
        person,
        call: { actor: person && { id: person.id, name: person.name }, operation },
        headers: c.req.raw.headers,
      };
      return await answer(c, request as Request<R>);
    } finally {
      leave();
    }
  });
}

/** Parses a value. `unchecked`: the value may contain text that no database column accepts. Throws Invalid. */
function parse<S extends z.ZodType>(schema: S, value: unknown, where: string, unchecked = true): z.output<S> {
  if (unchecked) storable(value, where);
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new Invalid(parsed.error.issues.map((found) => issueOf(found, where)));
  }
  const unknown = unknownKeys(schema, value);
  if (unknown.length > 0)
    throw new Invalid(unknown.slice(0, 20).map((path) => issueAt([where, ...path].join('.'), 'key.unknown')));
  return parsed.data;
}

/** Converts a Zod issue and adds an issue key for the web. A schema may provide the key itself as its message. */
function issueOf(found: z.core.$ZodIssue, where: string): NonNullable<Problem['issues']>[number] {
  const path = [where, ...found.path].join('.');
  const own = IssueKey.safeParse(found.message);
  if (own.success) return issueAt(path, own.data);
  const { message } = found;
  if (found.code === 'too_small')
    return { path, message, key: 'value.too_small', params: { least: Number(found.minimum), of: found.origin } };
  if (found.code === 'too_big')
    return { path, message, key: 'value.too_big', params: { most: Number(found.maximum), of: found.origin } };
  return { path, message, key: 'value.other' };
}

/** The query of a URL. Throws Invalid for a duplicate key, because only one of the values would count. */
function queryOf(c: Context): Record<string, string> {
  const given = Object.entries(c.req.queries());
  const twice = given.filter(([, values]) => values.length > 1);
  if (twice.length > 0) {
    throw new Invalid(twice.map(([key]) => issueAt(`query.${key}`, 'query.twice')));
  }
  return Object.fromEntries(given.map(([key, [value]]) => [key, value!]));
}
