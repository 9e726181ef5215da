/**
 * Carries messages after a commit between the processes that serve one board. Delivery is not required: missed changes
 * are read from the database a little later. A single process has no bus.
 */
export interface MessageBus {
  /** Identifies this process. */
  instanceId: string;
  /** Sends a message to every other process. Does not wait and does not throw. */
  send(topic: Topic, message: unknown): void;
  subscribe<Message>(topic: Topic, take: (message: Message, from: string) => void): void;
  /** Whether the bus cannot receive messages at the moment. */
  isDisconnected(): boolean;
  /** Whether the bus is connected, but no other process has sent anything for a while. */
  isAlone(): boolean;
  /** Registers a listener that is called whenever the bus has connected again. */
  onReconnect(then: () => void): void;
  close(): Promise<void>;
}

type Topic = 'events' | 'told' | 'update' | 'attendance' | 'sessionEnded';

/** Interval in milliseconds at which each process polls the database for changes that the bus did not deliver. */
export const catchUpIntervalMs = 2_000;
