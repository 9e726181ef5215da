import type { MessageBus } from '#server/cluster/message-bus.ts';

/** An update as it is committed. Whoever hears of one whose number does not follow the last one reads the rows. */
export interface StoredUpdate {
  record: string;
  number: number;
  update: Uint8Array;
  /** Whose the Yjs client ids in `claims` are, which nobody used before. */
  person: string;
  claims: readonly number[];
}

/** Tells other processes what was committed. Nothing hangs on it arriving: what is missed is read later. */
export interface DocumentRelay {
  publish(stored: StoredUpdate): void;
  /** Called for what other processes committed. */
  listen(hear: (stored: StoredUpdate) => void): void;
}

/** Where there is one process only. */
export const noRelay: DocumentRelay = { publish: () => undefined, listen: () => undefined };

/** Where there are several. */
export const relayOver = (bus: MessageBus): DocumentRelay => ({
  publish: (stored) => bus.send('update', stored),
  listen: (hear) => bus.subscribe<StoredUpdate>('update', hear),
});
