import type { DocumentNote, RefusedIntent, PendingIntent } from './document-storage.ts';
import { changeNote, documentNote } from './document-storage.ts';
import type { DocumentIntent } from './intents.ts';

interface Place {
  person: string;
  record: string;
  scope: string;
  reference: string;
}

/** The pending and refused intents of one page in one document; they survive a restart. */
export interface WaitingIntents {
  waiting: readonly PendingIntent[];
  refused: readonly RefusedIntent[];
  /** Whether this browser stores them, so that they outlive the page. */
  readonly kept: boolean;
  /** The stored copy holds something refused. */
  readonly givenUp: boolean;
  put(one: PendingIntent): void;
  /** Removes intents that another tab sends; they stay stored. */
  leave(ids: readonly string[]): void;
  /** Removes intents that are applied, here or by another tab. */
  drop(ids: readonly string[]): void;
  refuse(intent: DocumentIntent, why: RefusedIntent['why']): void;
  /** The author decided about it. */
  settle(id: string): void;
  giveUp(): void;
  begunAnew(): void;
}

export function waitingIntents({ person, record, scope, reference }: Place, now: () => string): WaitingIntents {
  const note = documentNote(person, record);
  const fresh: DocumentNote = { scope, reference, openedAt: now(), waiting: [], refused: [], givenUp: false };
  const change = (write: (note: DocumentNote) => Partial<DocumentNote>) =>
    (self.kept = changeNote(person, record, (note) => {
      const base = { ...fresh, ...note };
      return { ...base, ...write(base) };
    }));
  const self = {
    waiting: note?.waiting ?? [],
    refused: note?.refused ?? [],
    kept: false,
    givenUp: note?.givenUp ?? false,
    put(one: PendingIntent) {
      self.waiting = withOne(self.waiting, one);
      change(({ waiting }) => ({ waiting: withOne(waiting, one) }));
    },
    leave(ids: readonly string[]) {
      self.waiting = without(self.waiting, ids);
    },
    drop(ids: readonly string[]) {
      if (ids.length === 0) return;
      self.waiting = without(self.waiting, ids);
      change(({ waiting }) => ({ waiting: without(waiting, ids) }));
    },
    refuse(intent: DocumentIntent, why: RefusedIntent['why']) {
      const one = { intent, why };
      self.waiting = without(self.waiting, [intent.id]);
      self.refused = [...without(self.refused, [intent.id]), one];
      change(({ waiting, refused }) => ({
        waiting: without(waiting, [intent.id]),
        refused: [...without(refused, [intent.id]), one],
      }));
    },
    settle(id: string) {
      self.refused = without(self.refused, [id]);
      change(({ refused }) => ({ refused: without(refused, [id]) }));
    },
    giveUp() {
      self.givenUp = true;
      self.waiting = self.waiting.map(nowhere);
      change(({ waiting }) => ({ givenUp: true, waiting: waiting.map(nowhere) }));
    },
    begunAnew() {
      self.givenUp = false;
      change(() => ({ givenUp: false }));
    },
  };
  change(() => ({ scope, reference, openedAt: now() }));
  return self;
}

const nowhere = (one: PendingIntent): PendingIntent => ({ ...one, place: null });

const without = <T extends { intent: DocumentIntent }>(list: readonly T[], ids: readonly string[]): T[] =>
  list.filter(({ intent }) => !ids.includes(intent.id));

/** Replaces an existing entry in place, because later intents may depend on it. */
const withOne = (list: readonly PendingIntent[], one: PendingIntent): PendingIntent[] =>
  list.some(({ intent }) => intent.id === one.intent.id)
    ? list.map((other) => (other.intent.id === one.intent.id ? one : other))
    : [...list, one];
