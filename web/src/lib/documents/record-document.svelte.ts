import { toBase64 } from 'lib0/buffer';
import type { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closeCodes } from '#shared/contract/document.ts';
import type { Person } from '#shared/contract/person.ts';
import { commentDrafts, type CommentDrafts } from '#lib/comment-drafts.ts';
import { reloadForOther } from '#lib/page-person.ts';
import { serverNow } from '#lib/server-clock.ts';
import { whenSignedIn } from '#lib/when-signed-in.ts';
import { emptyCopy, openCopy } from './document-copy.ts';
import { documentSocket, type Writing } from './document-socket.ts';
import { databaseOf, type RefusedIntent, type RefusalReason } from './document-storage.ts';
import { registerCopy, openElsewhere } from './living-copies.ts';
import { perform, type DocumentAction, type DocumentIntent } from './intents.ts';
import { showDocument } from './open-documents.ts';
import * as content from './threads.ts';
import { waitingIntents, type WaitingIntents } from './waiting-intents.ts';

/**
 * `refused`: the server closed the connection for good. `why` holds the close code, and nothing reconnects by itself.
 */
export type DocumentStatus = 'connecting' | 'saved' | 'saving' | 'offline' | 'refused';

interface Opening {
  record: string;
  scope: string;
  reference: string;
  person: Person;
  readOnly: boolean;
  /** Opened in the background, only to send pending intents. */
  unseen?: boolean;
  /** Called when everything is released. */
  onend?: () => void;
}

/**
 * The live comments and checklist of one record, stored in this browser so that they work offline. A change is a
 * pending intent until the server acknowledges it. A refusal discards the copy and applies the pending intents again,
 * one by one: permitted ones are committed, the others become `refused`.
 */
export class RecordDocument {
  status = $state<DocumentStatus>('connecting');
  /** The close code behind `refused`. */
  why = $state<number | null>(null);
  /** There is content to show, from the server or from this browser's copy. */
  loaded = $state(false);
  items = $state.raw<readonly content.ChecklistItem[]>([]);
  threads = $state.raw<readonly content.Thread[]>([]);
  /** The other people who are writing a comment now. */
  writers = $state.raw<readonly Writing[]>([]);
  /** Number of intents of this person that the server has not acknowledged. */
  waiting = $state(0);
  refused = $state.raw<readonly RefusedIntent[]>([]);
  readOnly = $state(false);
  /** Unsent texts, by the place of the text field. They survive a closed popover. */
  readonly drafts: CommentDrafts;
  readonly #record: string;
  readonly #person: Person;
  readonly #intents: WaitingIntents;
  readonly #hide: () => void;
  /** Identifies this copy to the other tabs. */
  readonly #copy = crypto.randomUUID();
  readonly #letGo: () => void;
  #stopAsking: (() => void) | null = null;
  readonly #onend: (() => void) | undefined;
  #doc!: Y.Doc;
  #provider!: WebsocketProvider;
  /** Set after a refusal of several intents: they are sent one at a time, to find the refused one. */
  #careful = false;
  /** The copy holds a document; changes can be applied to it. */
  #ready = false;
  #synced = false;
  #unsaved = false;
  /** Consecutive refusals of a copy without changes of this person. After two, reloading does not help. */
  #consecutiveRefusals = 0;
  #closing = false;
  #ended = false;

  constructor({ record, scope, reference, person, readOnly, unseen = false, onend }: Opening) {
    this.#record = record;
    this.#onend = onend;
    this.#person = person;
    this.readOnly = readOnly;
    this.drafts = commentDrafts(person.id, record);
    this.#letGo = registerCopy(this.#copy);
    this.#intents = waitingIntents({ person: person.id, record, scope, reference }, now);
    this.#hide = unseen ? () => undefined : showDocument(record, this);
    window.addEventListener('beforeunload', this.#keepPage);
    this.#tell();
    this.#connect();
  }

  tick(item: string, on: boolean): void {
    this.#do({ kind: 'tick', item, on });
  }

  startThread(about: string, text: string): void {
    this.#do({ kind: 'start', thread: crypto.randomUUID(), about, text });
  }

  reply(thread: string, text: string): void {
    this.#do({ kind: 'reply', thread, about: this.#aboutOf(thread), text });
  }

  editComment(thread: string, comment: string, text: string): void {
    this.#do({ kind: 'edit', thread, about: this.#aboutOf(thread), comment, text });
  }

  removeComment(thread: string, comment: string): void {
    this.#do({ kind: 'remove', thread, about: this.#aboutOf(thread), comment });
  }

  resolve(thread: string, on: boolean): void {
    this.#do({ kind: 'resolve', thread, about: this.#aboutOf(thread), on });
  }

  /** Shares where this person is writing; null: nowhere. */
  writing(about: string | null): void {
    this.#provider.awareness.setLocalStateField('writing', about);
  }

  /** The state vector of what this page shows, in base64; null before anything is loaded. */
  stateVector(): string | null {
    return this.loaded ? toBase64(Y.encodeStateVector(this.#doc)) : null;
  }

  /** Continues from what is stored, where that does not happen by itself. */
  reopen(): void {
    this.#consecutiveRefusals = 0;
    this.why = null;
    this.#stopAsking?.();
    this.#stopAsking = null;
    this.#restart();
  }

  /** Settles a refused intent: `again` applies it as a new intent, otherwise it is discarded. */
  settle({ intent }: RefusedIntent, again: boolean): void {
    this.#intents.settle(intent.id);
    this.#tell();
    if (!again) return;
    const gone = !this.threads.some(({ id }) => 'thread' in intent && id === intent.thread);
    if (intent.kind === 'tick') this.tick(intent.item, intent.on);
    else if (intent.kind === 'start' || (intent.kind === 'reply' && gone)) this.startThread(intent.about, intent.text);
    else if (intent.kind === 'reply') this.reply(intent.thread, intent.text);
    else if (intent.kind === 'edit') this.editComment(intent.thread, intent.comment, intent.text);
    else if (intent.kind === 'remove') this.removeComment(intent.thread, intent.comment);
    else this.resolve(intent.thread, intent.on);
  }

  /**
   * Closes the document. Pending intents are still sent. Without a connection they stay in this browser, or in this
   * page, until then.
   */
  close(): void {
    this.#closing = true;
    this.#hide();
    this.writing(null);
    if (this.#mayEnd()) this.#end();
  }

  #mayEnd(): boolean {
    const idle = !this.#unsaved && this.waiting === 0;
    return idle || this.status === 'refused' || (this.status === 'offline' && this.#intents.kept);
  }

  #aboutOf = (thread: string) => this.threads.find(({ id }) => id === thread)?.about ?? 'record';

  #do(action: DocumentAction): void {
    const intent = { ...action, id: crypto.randomUUID(), at: now() } as DocumentIntent;
    // Stored first: after a crash in between, the intent is applied again instead of lost.
    this.#intents.put({ intent, place: null, copy: this.#copy });
    if (this.#ready) this.#perform(intent);
    this.#tell();
  }

  /** Applies an intent. Returns whether it is in the copy now and on its way. */
  #perform(intent: DocumentIntent): boolean {
    const outcome = perform(this.#doc, this.#person.id, intent);
    if (outcome === 'astray') this.#intents.refuse(intent, 'astray');
    else if (outcome === 'already') this.#intents.drop([intent.id]);
    else {
      const client = this.#doc.clientID;
      const place = { client, clock: Y.getState(this.#doc.store, client) };
      this.#intents.put({ intent, place, copy: this.#copy });
    }
    return outcome === 'done';
  }

  /** Applies pending intents that are not in the copy. */
  #catchUp(): void {
    for (const { intent, place } of this.#synced ? this.#intents.waiting : []) {
      const isCommitted = place !== null && Y.getState(this.#doc.store, place.client) >= place.clock;
      if ((isCommitted || this.#perform(intent)) && this.#careful) break;
    }
    if (this.#synced) this.#settleStored();
    if (this.#intents.waiting.length === 0) this.#careful = false;
    this.#tell();
    if (this.#synced) this.status = this.#unsaved || this.waiting > 0 ? 'saving' : 'saved';
    if (this.#closing && this.#mayEnd()) this.#end();
  }

  /** Settles a refused comment that the record already holds: it was refused as a duplicate. */
  #settleStored(): void {
    const comments = new Set(this.threads.flatMap((thread) => thread.comments.map(({ id }) => id)));
    for (const { intent } of this.#intents.refused) if (comments.has(intent.id)) this.#intents.settle(intent.id);
  }

  #tell(): void {
    this.waiting = this.#intents.waiting.length;
    this.refused = this.#intents.refused;
  }

  #connect(): void {
    const doc = (this.#doc = new Y.Doc());
    this.#ready = this.#synced = this.#unsaved = false;
    this.#provider = documentSocket(this.#record, this.#person.id, doc, {
      synced: () => {
        this.#synced = this.#ready = this.loaded = true;
        this.#catchUp();
      },
      acknowledged: (stateVector) => this.#acknowledged(stateVector),
      lost: () => this.#lost(),
      refused: (code, why) => this.#refuse(code, why),
      writers: (writers) => (this.writers = writers),
    });
    doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      this.items = content.readChecklist(doc);
      this.threads = content.readThreads(doc);
      if (!local) return;
      this.#unsaved = true;
      if (this.status === 'saved') this.status = 'saving';
    });
    if (this.#intents.kept) void this.#openCopy(doc);
    else this.#provider.connect();
  }

  async #openCopy(doc: Y.Doc): Promise<void> {
    const { givenUp } = this.#intents;
    const kept = await openCopy(databaseOf(this.#person.id, this.#record), doc, givenUp);
    if (doc !== this.#doc || this.#ended) return;
    if (!kept) {
      this.#intents.leave(await openElsewhere(this.#intents.waiting, this.#copy));
      this.#tell();
      if (doc !== this.#doc || this.#ended) return;
    }
    if (givenUp && kept) this.#intents.begunAnew();
    if (this.items.length > 0 && doc.getMap('checklist').size > 0) this.#ready = this.loaded = true;
    this.#provider.connect();
  }

  /** Everything is saved once the committed state includes every update made here. */
  #acknowledged(stateVector: Uint8Array): void {
    const committed = Y.decodeStateVector(stateVector);
    const clocks = Y.decodeStateVector(Y.encodeStateVector(this.#doc));
    this.#unsaved = [...clocks].some(([client, clock]) => (committed.get(client) ?? 0) < clock);
    this.#consecutiveRefusals = 0;
    const stored = this.#intents.waiting.filter(
      ({ place }) => place !== null && (committed.get(place.client) ?? 0) >= place.clock,
    );
    this.#intents.drop(stored.map(({ intent }) => intent.id));
    this.#catchUp();
  }

  #lost(): void {
    if (this.#ended || this.status === 'refused') return;
    this.#synced = false;
    this.status = 'offline';
    if (this.#closing && this.#mayEnd()) this.#end();
  }

  #refuse(code: number, why: RefusalReason | null): void {
    this.why = code;
    if (code === closeCodes.otherPerson) {
      reloadForOther();
      return this.#stop();
    }
    if (code === closeCodes.signedOut) return this.#waitForSignIn();
    const { waiting } = this.#intents;
    const sent = waiting.filter(({ place }) => place !== null);
    const lost = code === closeCodes.gone ? waiting : sent.length === 1 ? sent : [];
    for (const { intent } of lost) this.#intents.refuse(intent, why);
    this.#careful = sent.length > 1 || this.#careful;
    this.#consecutiveRefusals = sent.length > 0 ? 0 : this.#consecutiveRefusals + 1;
    this.#intents.giveUp();
    this.#tell();
    if (code !== closeCodes.gone && this.#consecutiveRefusals < 2) return this.#restart();
    void emptyCopy(databaseOf(this.#person.id, this.#record));
    this.#stop();
  }

  /** Reopens once the same person is signed in again, in this tab or another. */
  #waitForSignIn(): void {
    this.#stop();
    if (!this.#ended) this.#stopAsking ??= whenSignedIn(this.#person.id, () => this.reopen());
  }

  #stop(): void {
    this.status = 'refused';
    if (this.#closing) this.#end();
  }

  /** Discards the copy and creates a new one from what is stored. */
  #restart(): void {
    this.#ended = true;
    this.#provider.destroy();
    this.#doc.destroy();
    this.#ended = false;
    this.status = 'connecting';
    this.#connect();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    window.removeEventListener('beforeunload', this.#keepPage);
    this.#stopAsking?.();
    this.#letGo();
    this.#onend?.();
    this.#provider.destroy();
    this.#doc.destroy();
  }

  #keepPage = (event: BeforeUnloadEvent) => {
    if (!this.#intents.kept && this.waiting > 0 && this.status !== 'refused') event.preventDefault();
  };
}

const now = () => serverNow().toISOString();
