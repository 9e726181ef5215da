import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { acknowledgeMessage, documentPath, readRefusalReason } from '#shared/contract/document.ts';
import type { Person } from '#shared/contract/person.ts';
import type { RefusalReason } from './document-storage.ts';

export interface Writing {
  name: string;
  about: string;
}

interface Heard {
  /** The copy holds everything that is committed. */
  synced(): void;
  /** The committed state vector. */
  acknowledged(stateVector: Uint8Array): void;
  /** The connection is lost; it reconnects by itself. */
  lost(): void;
  /** The server closed the connection and does not accept this copy again. */
  refused(code: number, why: RefusalReason | null): void;
  writers(writers: readonly Writing[]): void;
}

/** The connection of one copy to the server. It does not connect until `connect` is called. */
export function documentSocket(record: string, person: string, doc: Y.Doc, heard: Heard): WebsocketProvider {
  const address = new URL(documentPath, location.origin.replace(/^http/, 'ws')).href;
  const provider = new WebsocketProvider(address, record, doc, {
    params: { acknowledge: '1', person },
    disableBc: true,
    connect: false,
  });
  provider.messageHandlers[acknowledgeMessage] = (_, decoder) =>
    heard.acknowledged(decoding.readVarUint8Array(decoder));
  provider.on('sync', (synced: boolean) => {
    if (synced) heard.synced();
  });
  provider.on('connection-close', (event) => {
    if (event === null || provider.shouldReconnect(event, provider)) heard.lost();
  });
  provider.on('closed', ({ code, reason }) => heard.refused(code, readRefusalReason(reason)));
  provider.awareness.on('change', () => {
    const others = [...provider.awareness.getStates()].filter(([client]) => client !== doc.clientID);
    heard.writers(
      others.flatMap(([, { user, writing }]) =>
        user && typeof writing === 'string' ? { name: (user as Person).name, about: writing } : [],
      ),
    );
  });
  followNetwork(provider, doc);
  return provider;
}

/** The browser notices a lost network immediately; a socket may take half a minute. */
function followNetwork(provider: WebsocketProvider, doc: Y.Doc): void {
  let waits = false;
  const offline = () => {
    // Some browsers fire the event twice.
    waits ||= provider.shouldConnect;
    provider.disconnect();
  };
  const online = () => {
    if (waits) provider.connect();
    waits = false;
  };
  window.addEventListener('offline', offline);
  window.addEventListener('online', online);
  doc.on('destroy', () => {
    window.removeEventListener('offline', offline);
    window.removeEventListener('online', online);
  });
}
