import { logError } from '#server/log.ts';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { closeCodes, documentPath } from '#shared/contract/document.ts';
import { Id } from '#shared/contract/id.ts';
import type { Person } from '#shared/contract/person.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import type { Services } from '#server/commands/command.ts';
import { accessToRecord } from '#server/db/access.ts';
import { connect } from './connection.ts';
import { presenceFrame } from './awareness.ts';
import { NotFound } from '#server/commands/errors.ts';
import { newestNumbers, readDocument } from '#server/db/documents.ts';
import { isOwnRequest, type IsOwnOrigin } from '#server/origins.ts';
import { addressOf, type TrustedProxies } from '#server/trusted-proxies.ts';
import type { ClusterPresence } from '#server/cluster/presence.ts';
import type { CatchUp } from '#server/cluster/catch-up.ts';
import type { MessageBus } from '#server/cluster/message-bus.ts';
import type { LiveSessions } from '#server/sessions/live-sessions.ts';
import * as Y from 'yjs';
import type { AwarenessState } from './awareness.ts';
import { catchUpDocuments, rightsOf, type DocumentSocket } from './catch-up-documents.ts';
import { documentRoom, LiveDocument, type DocumentDependencies } from './live-document.ts';
import { covers } from './frames.ts';
import { openingLimits } from './opening-limits.ts';
import { refusalsOf } from './refusals.ts';
import { noRelay, relayOver } from './relay.ts';
import { documentWriter } from './writer.ts';
import { routeUpgrades } from './upgrade.ts';

export interface Documents {
  /** Closes the sockets of a person whose rights changed; they reconnect and are authorised again. */
  dismiss(personId: string): void;
  /** Whether everything in a state vector is committed. Waits for it up to this many milliseconds. Throws NotFound. */
  holds(record: string, vector: Uint8Array, milliseconds: number): Promise<boolean>;
  close(): Promise<void>;
}

/** The y-websocket client treats 30 s of silence as a dead server, and does not count pings. */
const pingIntervalMs = 20_000;
const frameLimit = 256 * 1024;
/** Polling interval in milliseconds for checking whether a document has caught up with a state vector. */
const pollIntervalMs = 50;

interface DocumentServices extends Services {
  isOwnOrigin: IsOwnOrigin;
  trustedProxies: TrustedProxies;
  sessions: { of(headers: Headers): Promise<{ id: string; person: Person } | null> };
  liveSessions: LiveSessions;
  clusterPresence: ClusterPresence;
  /** Connects to other processes; null if there are none. */
  bus: MessageBus | null;
  catchUp: CatchUp;
}

/** Serves document sockets at `/documents/<record>`, authenticated by the session cookie of the upgrade request. */
export function startDocuments(http: HttpServer, services: DocumentServices): Documents {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: frameLimit, perMessageDeflate: false });
  const { clusterPresence, bus } = services;
  const relay = bus ? relayOver(bus) : noRelay;
  const world: DocumentDependencies = { services, write: documentWriter(services), relay, clusterPresence };
  const openings = openingLimits();
  const refusals = refusalsOf(() => services.now().getTime());
  const open = new Map<string, Promise<LiveDocument>>();
  const visits = new Map<WebSocket, DocumentSocket>();
  const alive = new WeakSet<WebSocket>();

  function documentOf(record: string): Promise<LiveDocument> {
    const loaded = open.get(record);
    if (loaded) return loaded;
    const forget = () => void (open.get(record) === loading && open.delete(record));
    const loading = LiveDocument.load(world, record, forget);
    open.set(record, loading);
    loading.catch(forget);
    return loading;
  }

  const endWaiting = routeUpgrades(http, (request, socket, head, { pathname, searchParams }) => {
    // A page of another site must not open a document with this person's cookie.
    if (!isOwnRequest(request.headers, services.isOwnOrigin)) return void socket.destroy();
    const address = addressOf(services.trustedProxies, request);
    if (!openings.mayTry(request.headers.cookie, address)) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => client.terminate());
      client.on('pong', () => alive.add(client));
      client.on('close', () => visits.delete(client));
      alive.add(client);
      client.pause();
      enter(client, request, pathname.slice(documentPath.length), searchParams)
        .catch((error: unknown) => {
          logError('opening a document', error);
          client.close(closeCodes.storeFailed);
        })
        .finally(() => client.resume());
    });
  });

  async function enter(client: WebSocket, request: IncomingMessage, record: string, requested: URLSearchParams) {
    const session = await services.sessions.of(new Headers({ cookie: request.headers.cookie ?? '' }));
    if (!session) return client.close(closeCodes.signedOut);
    if (client.readyState !== client.OPEN) return;
    const { person } = session;
    const named = requested.get('person');
    if (named !== null && named !== person.id) return client.close(closeCodes.otherPerson);
    const closed = openings.enter(person.id);
    if (!closed) return client.close(closeCodes.slowDown);
    client.on('close', closed);
    // The page reconnects immediately and then learns whether it is signed out or somebody else is signed in.
    client.on(
      'close',
      services.liveSessions.watch(session.id, () => client.close(closeCodes.accessChanged)),
    );
    // From here on, a change of the person's rights closes this socket. Therefore register it before reading the
    // rights.
    const visit: DocumentSocket = { record, person: person.id, rights: null };
    visits.set(client, visit);
    if (refusals.tooMany(person.id)) return client.close(closeCodes.slowDown);
    const actor = Id.safeParse(record).success ? await actorOn(record, person.id) : null;
    if (!actor) return client.close(closeCodes.gone);
    visit.rights = rightsOf(actor);
    let loading = documentOf(record);
    let document = await loading;
    // Meanwhile the last subscriber may have left, and the document may have been unloaded.
    while (open.get(record) !== loading) document = await (loading = documentOf(record));
    if (client.readyState !== client.OPEN) return leave(record, document);
    connect(client, document, {
      person: { id: person.id, name: person.name },
      acknowledges: requested.has('acknowledge'),
      silent: permissionDenial('discuss', actor) !== null,
      onrefused: () => refusals.note(person.id),
      onleave: () => {
        leave(record, document).catch((error: unknown) => logError('leaving a document', error));
      },
    });
  }

  async function actorOn(record: string, personId: string) {
    const access = await accessToRecord(services.db, personId, record);
    return access?.actor ?? null;
  }

  async function storedVector(record: string): Promise<Uint8Array> {
    const stored = await readDocument(services.db, record);
    if (!stored) throw new NotFound('record');
    return Y.encodeStateVectorFromUpdate(stored.state);
  }

  async function leave(record: string, document: LiveDocument): Promise<void> {
    await document.settled();
    const loaded = await open.get(record)?.catch(() => null);
    if (document.subscribers.size === 0 && loaded === document) open.delete(record);
  }

  /** Calls `then` if the document is open. Otherwise nothing is needed: opening it reads the stored state. */
  function inOpen(record: string, then: (document: LiveDocument) => void): void {
    open
      .get(record)
      ?.then(then, () => undefined)
      .catch((error: unknown) => logError('passing on to a document', error));
  }

  relay.listen((stored) => inOpen(stored.record, (document) => document.onRemoteUpdate(stored)));
  clusterPresence.onChange((room, client, entry) => {
    if (!room.startsWith(documentRoom(''))) return;
    inOpen(room.slice(documentRoom('').length), (document) =>
      document.onRemotePresence(Number(client), entry as AwarenessState | null),
    );
  });
  catchUpDocuments({
    db: services.db,
    catchUp: services.catchUp,
    visits,
    open: () => [...open.keys()],
    onRemoteHead: (record, last) => inOpen(record, (document) => document.onRemoteHead(last)),
  });

  const heartbeat = setInterval(() => {
    const frame = presenceFrame([]);
    for (const client of sockets.clients) {
      if (!alive.delete(client)) {
        client.terminate();
        continue;
      }
      client.ping();
      client.send(frame);
    }
  }, pingIntervalMs).unref();

  return {
    dismiss(personId) {
      for (const [client, { person }] of visits) if (person === personId) client.close(closeCodes.accessChanged);
    },
    async holds(record, vector, milliseconds) {
      const until = performance.now() + milliseconds;
      for (;;) {
        const document = await open.get(record)?.catch(() => null);
        const committed = document?.committedVector ?? (await storedVector(record));
        if (covers(committed, vector)) return true;
        if (performance.now() > until) return false;
        // Another process may have stored it, and the message may have been lost.
        if (document && bus) document.onRemoteHead((await newestNumbers(services.db, [record])).get(record) ?? 0);
        await new Promise((resolve) => setTimeout(resolve, pollIntervalMs));
      }
    },
    async close() {
      clearInterval(heartbeat);
      endWaiting();
      sockets.close();
      for (const client of sockets.clients) client.close(1001);
      for (const document of await Promise.allSettled(open.values())) {
        if (document.status === 'fulfilled') await document.value.settled();
      }
      for (const client of sockets.clients) client.terminate();
    },
  };
}
