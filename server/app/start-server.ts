import { logError } from '#server/log.ts';
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { BoardEvent } from '#shared/contract/event.ts';
import type { Api } from '#server/http/app.ts';
import type { Services } from '#server/commands/command.ts';
import type { Config } from './config.ts';
import type { Database } from '#server/db/driver/client.ts';
import { identityOf } from '#server/db/driver/identity.ts';
import { openDatabase } from '#server/db/driver/open-database.ts';
import { organisations } from '#server/db/schema.ts';
import { startDocuments } from '#server/documents/endpoint.ts';
import { makeApi } from '#server/http/app.ts';
import { compressAnswer } from '#server/http/compressed.ts';
import { noSignInLimits, signInLimits } from '#server/http/sign-in-limits.ts';
import { secureHeaders } from '#server/http/security-headers.ts';
import type { DemoCast, HttpServices } from '#server/http/serve.ts';
import { sessionsIn } from '#server/http/session.ts';
import { makeSignIn } from '#server/http/sign-in.ts';
import { startRejudging, type RejudgeJob } from '#server/jobs/rejudge.ts';
import { resumeApplying, resumeImports } from '#server/jobs/resume-imports.ts';
import { startHandOverJob, type HandOverJob } from '#server/jobs/hand-over-departed.ts';
import { startRenumberingColumns, type RenumberingColumns } from '#server/jobs/renumber-columns.ts';
import { resumeTrials } from '#server/jobs/resume-trials.ts';
import { watchDigests } from '#server/jobs/daily-digest.ts';
import { watchOverdueActions } from '#server/jobs/overdue-actions.ts';
import { watchOldRows } from '#server/jobs/prune.ts';
import { watchWaiverEnds } from '#server/jobs/waiver-ends.ts';
import { requestLimits } from '#server/limits/request-limits.ts';
import { openMailer } from '#server/mail/mailer.ts';
import { openClusterPresence } from '#server/cluster/presence.ts';
import { startCatchUp } from '#server/cluster/catch-up.ts';
import { openPostgresBus } from '#server/cluster/postgres-bus.ts';
import { openRedisBus } from '#server/cluster/redis-bus.ts';
import { openExclusiveWork } from '#server/cluster/exclusive-work.ts';
import { endsSocketsOf, startFeed, type Feed } from '#server/realtime/feed.ts';
import { ownOrigins } from '#server/origins.ts';
import { readSecret } from './secret.ts';
import { watchSessions } from '#server/sessions/live-sessions.ts';

type Answerer = (request: IncomingMessage, response: ServerResponse) => unknown;
export type Pages = Answerer;

export interface RunningServer {
  url: string;
  /** The one-time link for the first administrator; null once an organisation exists. */
  setupLink(): string | null;
  services: HttpServices;
  /** Waits a few seconds for running work to finish. Returns whether it did. */
  close(): Promise<boolean>;
}

/**
 * Milliseconds that a closing server waits for running work. Only a database that does not answer takes this long, and
 * work that is not committed by then is not acknowledged either. Docker kills after 10 seconds.
 */
const closePatience = 3_500;

export interface Parts {
  config: Config;
  /** An open database; if omitted, the configured one is opened. Both are closed with the server. */
  database?: Database;
  /** Serves everything except the API; created once the API is ready. Omitted in tests of the API alone. */
  pages?: (api: Api, http: ReturnType<typeof createServer>, services: HttpServices) => Promise<Pages>;
  /** The people who can sign in, if this is the demo. */
  demo?: DemoCast | null;
  now?: () => Date;
}

/** Answers 500 if a page cannot be rendered; the error must not end the process. */
function answerSafely(answer: Answerer, request: IncomingMessage, response: ServerResponse): void {
  void (async () => answer(request, response))().catch((error: unknown) => {
    logError(`answering ${request.method}`, error);
    if (!response.headersSent) response.writeHead(500).end();
    else response.destroy();
  });
}

/**
 * The composition root: config -> db -> realtime -> http -> listen. Throws DatabaseUnusable, RedisUnusable, or the
 * error of `listen`.
 */
export async function startServer({
  config,
  database: opened,
  pages,
  now = () => new Date(),
  demo = null,
}: Parts): Promise<RunningServer> {
  const database = opened ?? (await openDatabase(config.database));
  const { db } = database;
  const secret = await readSecret(config);
  const { redisUrl } = config;
  const bus = redisUrl
    ? await openRedisBus({ url: redisUrl, secret, database: await identityOf(db) })
    : database.connect
      ? openPostgresBus({ connect: database.connect, secret })
      : null;
  const catchUp = startCatchUp(bus, database.onLost);
  const clusterPresence = openClusterPresence(bus);
  // Longer than the keep-alive timeout of proxies: a connection must not be closed while a proxy sends the next request
  // on it.
  const http = createServer({ keepAliveTimeout: 75_000 });
  const isOwnOrigin = ownOrigins(config, () => (http.address() as AddressInfo).port);
  const signIn = makeSignIn(db, { publicUrl: config.publicUrl, isOwnOrigin, secret });
  const sessions = sessionsIn(db, signIn);
  const liveSessions = watchSessions({ db, bus });

  const mailer = config.mail && openMailer(config.mail);
  let feed: Feed;
  let rejudging: RejudgeJob | undefined;
  let renumbering: RenumberingColumns | undefined;
  let handOverJob: HandOverJob | undefined;
  const setup = randomBytes(24).toString('base64url');
  let founded = (await db.select({ id: organisations.id }).from(organisations).limit(1)).length > 0;
  /** What every process does with committed events, its own and those of other processes. */
  const spread: Services['publish'] = (trail, events) => {
    for (const event of events) {
      const person = endsSocketsOf(event);
      if (person) documents.dismiss(person);
    }
    if (events.some(({ kind }) => kind === 'organisation.created')) founded = true;
    feed.publish(trail, events);
  };
  const publish: Services['publish'] = (trail, events) => {
    spread(trail, events);
    bus?.send('events', { trail, events });
    const kinds = events.map(({ kind }) => kind);
    rejudging?.follow(kinds);
    renumbering?.follow(kinds);
    handOverJob?.follow(kinds);
  };
  const services: HttpServices = {
    db,
    now,
    publish,
    tell: (people) => {
      feed.tell(people);
      bus?.send('told', people);
    },
    work: openExclusiveWork(clusterPresence, bus),
    documentHolds: (record, vector, milliseconds) => documents.holds(record, vector, milliseconds),
    signIn,
    sessions,
    liveSessions,
    takeRequest: requestLimits(),
    secret,
    publicUrl: config.publicUrl,
    isOwnOrigin,
    trustedProxies: config.trustedProxies,
    signInLimits: config.limitSignIn ? signInLimits(db, now) : noSignInLimits,
    demo,
    secondsAway: (standup, person) => feed.secondsAway(standup, person),
    mailer,
    setupToken: () => (founded ? null : setup),
  };
  const documents = startDocuments(http, { ...services, clusterPresence, bus, catchUp });
  feed = startFeed(http, { ...services, clusterPresence, bus, catchUp });
  bus?.subscribe<{ trail: string; events: BoardEvent[] }>('events', ({ trail, events }) => spread(trail, events));
  bus?.subscribe<string[]>('told', (people) => feed.tell(people));
  const api = makeApi(services);
  const answerApi = getRequestListener(api.fetch);
  const answerPage = pages && (await pages(api, http, services));
  http.prependListener('request', secureHeaders(config));
  http.on('request', (request, response) => {
    if (request.url?.startsWith('/socket.io/')) return;
    compressAnswer(request, response);
    const answer = !answerPage || request.url?.startsWith('/api/') ? answerApi : answerPage;
    answerSafely(answer, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.port, config.host, resolve);
  });
  // For example too many open files when a connection is accepted.
  http.on('error', (error) => logError('the HTTP server', error));
  const resume = () => {
    resumeImports(services).catch((error: unknown) => logError('resuming imports', error));
    resumeTrials(services).catch((error: unknown) => logError('resuming trials of rules', error));
  };
  resume();
  catchUp.afterLoss('resuming imports', () => resumeApplying(services));
  catchUp.afterLoss('resuming trials of rules', () => resumeTrials(services));
  clusterPresence.onNodeLost(resume);
  rejudging = startRejudging(services);
  const stops = [watchWaiverEnds(services), watchOverdueActions(services), watchOldRows(services)];
  renumbering = startRenumberingColumns(services);
  handOverJob = startHandOverJob(services);
  if (mailer) stops.push(watchDigests({ ...services, mailer, digestAt: config.mail!.digestAt }));
  /** Stops everything that uses the database. */
  async function finish(): Promise<void> {
    await Promise.all([rejudging!.close(), renumbering!.close(), handOverJob!.close()]);
    await Promise.all(stops.map((stop) => stop()));
    mailer?.close();
    await catchUp.close();
    await documents.close();
    // Running requests may finish; a client that never completes its request does not block the exit.
    const giveUp = setTimeout(() => http.closeAllConnections(), 2_000);
    http.closeIdleConnections();
    await feed.close();
    clearTimeout(giveUp);
    await liveSessions.close();
    clusterPresence.close();
    await bus?.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  }
  const { port } = http.address() as { port: number };
  const url = config.publicUrl.replace(/:0$/, `:${port}`);
  services.publicUrl = url;
  return {
    url,
    services,
    setupLink: () => (founded ? null : `${url}/setup/${setup}`),
    close: async () => {
      const until = performance.now() + closePatience;
      const finished = await inTime(finish(), closePatience);
      http.closeAllConnections();
      if (http.listening) http.close();
      await database.close(Math.max(0, until - performance.now()) / 1_000);
      return finished;
    },
  };
}

/** Whether work finishes within the given number of milliseconds. If not, it continues in the background. */
async function inTime(work: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), milliseconds)));
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}
