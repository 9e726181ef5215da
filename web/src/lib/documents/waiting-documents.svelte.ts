import { createSubscriber } from 'svelte/reactivity';
import type { Person } from '#shared/contract/person.ts';
import { documentNotes, listenToNotes } from './document-storage.ts';
import { isShown } from './open-documents.ts';
import { RecordDocument } from './record-document.svelte.ts';

/** A record with pending or refused intents of this person. */
export interface WaitingRecord {
  record: string;
  scope: string;
  reference: string;
  waiting: number;
  refused: number;
}

/** Retry interval, in milliseconds. Nothing signals that an unreachable server is back. */
const againMs = 20_000;

/** A person's pending and refused intents in all records. Sends them without opening the records. */
export class WaitingDocuments {
  readonly #person: Person;
  readonly #changes = createSubscriber((update) => listenToNotes(update));
  readonly #underway = new Set<string>();

  constructor({ id, name }: Person) {
    this.#person = { id, name };
  }

  get records(): readonly WaitingRecord[] {
    this.#changes();
    return documentNotes(this.#person.id)
      .map(({ record, note: { scope, reference, waiting, refused } }) => ({
        record,
        scope,
        reference,
        waiting: waiting.length,
        refused: refused.length,
      }))
      .filter(({ waiting, refused }) => waiting > 0 || refused > 0);
  }

  /** Sends pending intents now and whenever the network may be back, until the returned function is called. */
  start(): () => void {
    const send = () => this.#send();
    send();
    const timer = setInterval(send, againMs);
    window.addEventListener('online', send);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', send);
    };
  }

  /** A record that is open in this page sends its own intents. */
  #send(): void {
    if (!navigator.onLine) return;
    for (const { record, scope, reference, waiting } of this.records) {
      if (waiting === 0 || isShown(record) || this.#underway.has(record)) continue;
      this.#underway.add(record);
      const document = new RecordDocument({
        record,
        scope,
        reference,
        person: this.#person,
        readOnly: false,
        unseen: true,
        onend: () => this.#underway.delete(record),
      });
      document.close();
    }
  }
}
