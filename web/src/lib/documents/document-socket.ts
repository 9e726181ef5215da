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
  /** Everything that is committed is here. */
  synced(): void;
  /** The state vector that is committed. */
  acknowledged(stateVector: Uint8Array): void;
  /** It comes back by itself. */
  lost(): void;
  /** The server closed it and does not want this copy again. */
  refused(code: number, why: RefusalReason | null): void;
  writers(writers: readonly Writing[]): void;
}

/** The connection of one copy to the server; it waits to be told to connect. */
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

/** The browser knows at once that the network went; a socket may take half a minute to find out. */
function followNetwork(provider: WebsocketProvider, doc: Y.Doc): void {
  let waits = false;
  const offline = () => {
    // Some browsers say it twice.
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
