import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { acknowledgeMessage, documentPath } from '#shared/contract/document.ts';
import type { Person } from '#shared/contract/person.ts';
import * as content from './threads.ts';

/** `refused`: the server closed it for good and says why by a close code; what was not saved until then never will be. */
export type DocumentStatus = 'connecting' | 'saved' | 'saving' | 'offline' | 'refused';

export interface Writing {
  name: string;
  about: string;
}

interface Opening {
  record: string;
  person: Person;
  readOnly: boolean;
}

/**
 * The comments and the checklist of one record, live. `saved` is said only when the server acknowledged that everything
 * written here is on its disk; closing waits for that.
 */
export class RecordDocument {
  status = $state<DocumentStatus>('connecting');
  /** The close code behind `refused`. */
  why = $state<number | null>(null);
  items = $state.raw<readonly content.ChecklistItem[]>([]);
  threads = $state.raw<readonly content.Thread[]>([]);
  /** The others who are writing a comment right now. */
  writers = $state.raw<readonly Writing[]>([]);
  /** Comments of this person that a refused copy held and the server does not. */
  unstored = $state.raw<readonly content.Unstored[]>([]);
  /** What is typed and not sent, by the place it is typed in; a closed popover does not lose it. */
  readonly drafts = new Map<string, string>();
  readonly readOnly: boolean;
  readonly #record: string;
  readonly #person: Person;
  #doc!: Y.Doc;
  #provider!: WebsocketProvider;
  #unsaved = false;
  #closing = false;

  constructor({ record, person, readOnly }: Opening) {
    this.#record = record;
    this.#person = person;
    this.readOnly = readOnly;
    window.addEventListener('beforeunload', this.#keepPage);
    this.#connect();
  }

  tick(item: string, on: boolean): void {
    content.tick(this.#doc, item, on ? this.#mark() : null);
  }

  startThread(about: string, text: string): void {
    content.startThread(this.#doc, about, this.#person.id, now(), text);
  }

  reply(thread: string, text: string): void {
    content.reply(this.#doc, thread, this.#person.id, now(), text);
  }

  editComment(thread: string, comment: string, text: string): void {
    content.editComment(this.#doc, thread, comment, now(), text);
  }

  removeComment(thread: string, comment: string): void {
    content.removeComment(this.#doc, thread, comment, now());
  }

  resolve(thread: string, on: boolean): void {
    content.resolve(this.#doc, thread, on ? this.#mark() : null);
  }

  /** Says where this person is writing; null: nowhere. */
  writing(about: string | null): void {
    this.#provider.awareness.setLocalStateField('writing', about);
  }

  /** Goes on from what is stored. The refused copy is given up; the comments only it had become `unstored`. */
  reopen(): void {
    const before = this.threads;
    this.#end();
    this.#unsaved = false;
    this.why = null;
    this.status = 'connecting';
    window.addEventListener('beforeunload', this.#keepPage);
    this.#connect();
    this.#provider.once('sync', () => {
      const lost = content.missing(before, this.threads, this.#person.id);
      this.unstored = [...this.unstored, ...lost];
    });
  }

  /** Sends a comment that was not stored once more; without `again` it is forgotten. */
  settle(one: content.Unstored, again: boolean): void {
    this.unstored = this.unstored.filter((other) => other !== one);
    if (!again) return;
    if (this.threads.some(({ id }) => id === one.thread)) this.reply(one.thread, one.text);
    else this.startThread(one.about, one.text);
  }

  /** What is not acknowledged yet is still brought to the server, also when that has to wait for a connection. */
  close(): void {
    this.#closing = true;
    this.writing(null);
    if (!this.#unsaved || this.status === 'refused') this.#end();
  }

  #connect(): void {
    const doc = (this.#doc = new Y.Doc());
    const address = new URL(documentPath, location.origin.replace(/^http/, 'ws')).href;
    const provider = (this.#provider = new WebsocketProvider(address, this.#record, doc, {
      params: { acknowledge: '1' },
      disableBc: true,
    }));
    provider.messageHandlers[acknowledgeMessage] = (_, decoder) =>
      this.#acknowledged(decoding.readVarUint8Array(decoder));
    provider.on('status', ({ status }) => {
      if (status !== 'connected' && this.status !== 'refused') this.status = 'offline';
    });
    provider.on('sync', (synced: boolean) => {
      if (synced) this.status = this.#unsaved ? 'saving' : 'saved';
    });
    provider.on('closed', ({ code }: { code: number }) => {
      this.why = code;
      this.status = 'refused';
      if (this.#closing) this.#end();
    });
    doc.on('update', (_, origin) => {
      this.items = content.readChecklist(doc);
      this.threads = content.readThreads(doc);
      if (origin === provider) return;
      this.#unsaved = true;
      if (this.status === 'saved') this.status = 'saving';
    });
    provider.awareness.on('change', () => {
      const others = [...provider.awareness.getStates()].filter(([client]) => client !== doc.clientID);
      this.writers = others.flatMap(([, { user, writing }]) =>
        user && typeof writing === 'string' ? { name: (user as Person).name, about: writing } : [],
      );
    });
  }

  #end(): void {
    window.removeEventListener('beforeunload', this.#keepPage);
    this.#provider.destroy();
    this.#doc.destroy();
  }

  #mark = () => ({ by: this.#person.id, at: now() });

  #keepPage = (event: BeforeUnloadEvent) => {
    if (this.#unsaved && this.status !== 'refused') event.preventDefault();
  };

  /** Everything is saved once the committed state holds every update made here. */
  #acknowledged(stateVector: Uint8Array): void {
    const committed = Y.decodeStateVector(stateVector);
    const held = Y.decodeStateVector(Y.encodeStateVector(this.#doc));
    if ([...held].some(([client, clock]) => (committed.get(client) ?? 0) < clock)) return;
    this.#unsaved = false;
    if (this.status === 'saving') this.status = 'saved';
    if (this.#closing) this.#end();
  }
}

const now = () => new Date().toISOString();
