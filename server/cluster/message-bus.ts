/**
 * What the processes that serve one board say to each other after a commit. Nothing hangs on it arriving: what was
 * missed is read from the database a little later. Where there is one process only there is no line.
 */
export interface MessageBus {
  /** Names this process among the others. */
  instanceId: string;
  /** Says it to every other process; does not wait, and does not fail. */
  send(topic: Topic, message: unknown): void;
  subscribe<Message>(topic: Topic, take: (message: Message, from: string) => void): void;
  /** Whether nobody is heard at the moment. */
  isDisconnected(): boolean;
  /** Whether no other process has been heard for a while, although nothing is in the way. */
  isAlone(): boolean;
  /** Called whenever the others are heard again. */
  onReconnect(then: () => void): void;
  close(): Promise<void>;
}

type Topic = 'events' | 'told' | 'update' | 'attendance' | 'sessionEnded';

/** So often, in milliseconds, each process looks in the database for what the line did not bring. */
export const catchUpIntervalMs = 2_000;
