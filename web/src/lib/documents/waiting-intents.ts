import type { DocumentNote, Refused, Waiting } from './document-storage.ts';
import { changeNote, documentNote } from './document-storage.ts';
import type { Intent } from './intents.ts';

interface Place {
  person: string;
  record: string;
  scope: string;
  reference: string;
}

/** What one page did in a document and the server has not answered, and what it refused; kept over a restart. */
export interface WaitingIntents {
  waiting: readonly Waiting[];
  refused: readonly Refused[];
  /** Whether this browser keeps them: then they outlive the page. */
  readonly kept: boolean;
  /** The copy on the disk holds what was refused. */
  readonly givenUp: boolean;
  put(one: Waiting): void;
  /** They are another tab's to send; they stay kept. */
  leave(ids: readonly string[]): void;
  /** They are done, or were done by somebody else. */
  drop(ids: readonly string[]): void;
  refuse(intent: Intent, why: Refused['why']): void;
  /** Its author decided about it. */
  settle(id: string): void;
  giveUp(): void;
  begunAnew(): void;
}

export function waitingIntents({ person, record, scope, reference }: Place, now: () => string): WaitingIntents {
  const found = documentNote(person, record);
  const fresh: DocumentNote = { scope, reference, openedAt: now(), waiting: [], refused: [], givenUp: false };
  const change = (write: (note: DocumentNote) => Partial<DocumentNote>) =>
    (self.kept = changeNote(person, record, (note) => {
      const base = { ...fresh, ...note };
      return { ...base, ...write(base) };
    }));
  const self = {
    waiting: found?.waiting ?? [],
    refused: found?.refused ?? [],
    kept: false,
    givenUp: found?.givenUp ?? false,
    put(one: Waiting) {
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
    refuse(intent: Intent, why: Refused['why']) {
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

const nowhere = (one: Waiting): Waiting => ({ ...one, place: null });

const without = <T extends { intent: Intent }>(list: readonly T[], ids: readonly string[]): T[] =>
  list.filter(({ intent }) => !ids.includes(intent.id));

/** In place, where it stands already: what rests on it comes after it. */
const withOne = (list: readonly Waiting[], one: Waiting): Waiting[] =>
  list.some(({ intent }) => intent.id === one.intent.id)
    ? list.map((other) => (other.intent.id === one.intent.id ? one : other))
    : [...list, one];
