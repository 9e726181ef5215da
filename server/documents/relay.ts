import type { MessageBus } from '#server/cluster/message-bus.ts';

/** A committed update. A process that receives a number with a gap before it reads the missing rows. */
export interface StoredUpdate {
  record: string;
  number: number;
  update: Uint8Array;
  /** The owner of the Yjs client ids in `claims`, which are new. */
  person: string;
  claims: readonly number[];
}

/** Sends committed updates to other processes. Delivery is not required: missed updates are read later. */
export interface DocumentRelay {
  publish(stored: StoredUpdate): void;
  /** Registers a listener for updates that other processes committed. */
  listen(hear: (stored: StoredUpdate) => void): void;
}

/** For a single process. */
export const noRelay: DocumentRelay = { publish: () => undefined, listen: () => undefined };

/** For several processes. */
export const relayOver = (bus: MessageBus): DocumentRelay => ({
  publish: (stored) => bus.send('update', stored),
  listen: (hear) => bus.subscribe<StoredUpdate>('update', hear),
});
