import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { vi } from 'vitest';
import { WebSocket } from 'ws';

/** What a page finds in a browser: an address, sockets that carry the session cookie, a network that can be cut, a disk. */
export interface TestBrowser {
  cookie: string;
  /** Cuts the network, or brings it back. */
  away(on: boolean): void;
}

/** Puts a browser in place of Node's globals; `vi.unstubAllGlobals()` takes it away. */
export function stubBrowser(url: string, { disk }: { disk: boolean }): TestBrowser {
  let cut = false;
  const sockets = new Set<WebSocket>();
  const browser: TestBrowser = {
    cookie: '',
    away(on) {
      cut = on;
      if (on) for (const socket of sockets) socket.terminate();
    },
  };
  const asSignedIn = class extends WebSocket {
    constructor(address: string | URL) {
      super(cut ? 'ws://127.0.0.1:1' : address, { headers: { cookie: browser.cookie } });
      sockets.add(this);
      this.on('close', () => sockets.delete(this));
    }
  };
  vi.stubGlobal('location', { origin: url });
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('WebSocket', asSignedIn);
  if (disk) {
    vi.stubGlobal('indexedDB', new IDBFactory());
    vi.stubGlobal('IDBKeyRange', IDBKeyRange);
    vi.stubGlobal('localStorage', memoryStorage());
  }
  return browser;
}

/** Its keys are its own properties, as a browser's are. */
function memoryStorage(): Record<string, unknown> {
  const store: Record<string, unknown> = {};
  const hidden = {
    getItem: (key: string) => store[key] ?? null,
    setItem: (key: string, value: string) => void (store[key] = value),
    removeItem: (key: string) => void delete store[key],
  };
  for (const [name, value] of Object.entries(hidden)) Object.defineProperty(store, name, { value, enumerable: false });
  return store;
}
