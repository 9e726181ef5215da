import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { acknowledgeMessage } from '#shared/contract/document.ts';
import { waitFor } from './wait.ts';

export interface TestReader {
  doc: Y.Doc;
  provider: WebsocketProvider;
  /** The final close code of the server. */
  closed: Promise<number>;
  /** Whether the server acknowledged that everything this reader wrote is stored. */
  saved(): boolean;
  /** The last state vector that the server acknowledged as stored. */
  acknowledged(): ReadonlyMap<number, number>;
  close(): void;
}

/** Opens a record's document like any program: with the stock client and the session cookie. */
export function openDocument(url: string, record: string, cookie: string, person?: string): TestReader {
  class WithCookie extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { cookie } });
    }
  }
  const doc = new Y.Doc();
  let committed = new Map<number, number>();
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/documents`, record, doc, {
    WebSocketPolyfill: WithCookie as never,
    params: { acknowledge: '1', ...(person && { person }) },
    disableBc: true,
  });
  provider.messageHandlers[acknowledgeMessage] = (_, decoder) => {
    committed = Y.decodeStateVector(decoding.readVarUint8Array(decoder));
  };
  const closed = new Promise<number>((resolve) =>
    provider.on('closed', (event) => resolve((event as { code: number }).code)),
  );
  const saved = () => (committed.get(doc.clientID) ?? 0) >= Y.getState(doc.store, doc.clientID);
  const acknowledged = () => committed;
  return { doc, provider, closed, saved, acknowledged, close: () => (provider.destroy(), doc.destroy()) };
}

export async function synced({ provider }: TestReader): Promise<void> {
  await waitFor(() => provider.synced);
}

export const item = ({ doc }: TestReader, id: string) => doc.getMap<Y.Map<unknown>>('checklist').get(id)!;

/** Sets a tick as the person would, or removes it. */
export function tick(reader: TestReader, id: string, by: { id: string }, on = true): void {
  item(reader, id).set('tick', on ? { by: by.id, at: new Date().toISOString() } : null);
}

/** Starts a thread and returns the text of its first comment. */
export function say({ doc }: Pick<TestReader, 'doc'>, by: { id: string }, words: string): Y.Text {
  const at = new Date().toISOString();
  const body = new Y.Text(words);
  const comment = new Y.Map<unknown>(Object.entries({ id: crypto.randomUUID(), by: by.id, at, body }));
  const comments = Y.Array.from([comment]);
  const thread = { about: 'record', openedBy: by.id, openedAt: at, resolved: null, comments };
  doc.getMap('threads').set(crypto.randomUUID(), new Y.Map<unknown>(Object.entries(thread)));
  return body;
}

/** Types into a comment as its author: changes its text and sets its edited mark. */
export function type(body: Y.Text, words: string, at = body.length): void {
  body.doc!.transact(() => {
    body.insert(at, words);
    (body.parent as Y.Map<unknown>).set('editedAt', new Date().toISOString());
  });
}
