import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { vi } from 'vitest';
import { WebSocket } from 'ws';

/**
 * A page's browser environment: an address, sockets that carry the session cookie, a network that can be cut, storage.
 */
export interface TestBrowser {
  cookie: string;
  /** Cuts the network or restores it. */
  away(on: boolean): void;
}

/** Replaces Node's globals with a browser's; `vi.unstubAllGlobals()` removes it. */
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

/** Keys are own properties, as in a browser. */
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
