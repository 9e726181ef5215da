import { logError } from '#server/log.ts';
import * as Y from 'yjs';
import { closeCodes } from '#shared/contract/document.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Services } from '#server/commands/command.ts';
import type { DocumentSaved } from '#server/commands/documents/save.ts';
import { foldUpdates, readDocument } from '#server/db/documents.ts';
import type { ClusterPresence } from '#server/cluster/presence.ts';
import { presenceFrame, type AwarenessState, type AwarenessUpdate } from './awareness.ts';
import { acknowledgeFrame, updateFrame } from './frames.ts';
import { presencesOf } from './presences.ts';
import type { Subscriber } from './subscriber.ts';
import type { DocumentRelay, StoredUpdate } from './relay.ts';
import { updateQueue } from './update-queue.ts';
import { applyPart, copyOf, type Copy, type UpdatePart } from './working-copy.ts';
import type { Writer } from './writer.ts';

/** The dependencies of a document. */
export interface DocumentDependencies {
  services: Services;
  write: Writer;
  relay: DocumentRelay;
  clusterPresence: ClusterPresence;
}

/** The room of a document in cluster presence. */
export const documentRoom = (record: string) => `document ${record}`;

/** The updates of a document are folded into one when it has this many rows. */
const foldThreshold = 200;

/**
 * A record's document while somebody has it open. Updates wait in a queue. Each run of the queue is applied to the copy
 * in memory, judged and stored in one transaction, and only then relayed and acknowledged. If an update is refused, the
 * copy is discarded and read again, and the updates of the others are reapplied: nobody has seen the refused update,
 * and nothing was stored.
 */
export class LiveDocument {
  readonly subscribers = new Set<Subscriber>();
  #copy: Copy;
  /** The state vector of the committed content, which everybody may see. */
  #vector: Uint8Array;
  readonly #queue = updateQueue();
  #remoteUpdates: StoredUpdate[] = [];
  #working: Promise<void> | null = null;
  #storing = false;
  #afterCommit: (() => void)[] = [];
  #failed = false;
  readonly #presences: ReturnType<typeof presencesOf>;
  readonly #world: DocumentDependencies;
  readonly #record: string;
  readonly #onlost: () => void;

  private constructor(world: DocumentDependencies, record: string, copy: Copy, onlost: () => void) {
    this.#world = world;
    this.#record = record;
    this.#copy = copy;
    this.#vector = Y.encodeStateVector(copy.doc);
    this.#onlost = onlost;
    this.#presences = presencesOf(world.services.now, () =>
      world.clusterPresence.remote<AwarenessState>(documentRoom(record)).map(({ entry }) => entry),
    );
  }

  /** Loads a document. `onlost`: called when this instance has failed and the document has to be loaded again. */
  static async load(world: DocumentDependencies, record: string, onlost: () => void): Promise<LiveDocument> {
    const copy = copyOf((await readDocument(world.services.db, record))!);
    return new LiveDocument(world, record, copy, onlost);
  }

  /** The document. It may contain updates that are still being stored, so send it only `whenCommitted`. */
  get doc(): Y.Doc {
    return this.#copy.doc;
  }

  get committedVector(): Uint8Array {
    return this.#vector;
  }

  enter(subscriber: Subscriber): void {
    this.subscribers.add(subscriber);
    if (this.#failed) subscriber.close(closeCodes.storeFailed);
  }

  leave(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber);
    const left = this.#presences.leave(subscriber);
    if (!left) return;
    this.#publishPresence(left.client, null);
    if (left.said) this.#relay(presenceFrame([left.said]), subscriber);
  }

  present(subscriber: Subscriber, update: AwarenessUpdate): void {
    const presence = this.#presences.update(subscriber, update);
    if (!presence) return;
    this.#publishPresence(presence.client, presence.state && presence);
    this.#relay(presenceFrame([presence]), subscriber);
  }

  /** Called with the presence of a client on another process; null: the client left there. */
  onRemotePresence(client: number, update: AwarenessState | null): void {
    const presence = this.#presences.updateRemote(client, update);
    if (presence) this.#relay(presenceFrame([presence]), null);
  }

  #publishPresence(client: number, presence: AwarenessState | null): void {
    this.#world.clusterPresence.set(documentRoom(this.#record), `${client}`, presence);
  }

  sendPresences(subscriber: Subscriber, client: number | null): void {
    const others = this.#presences.besides(client);
    if (others.length > 0) subscriber.send(presenceFrame(others));
  }

  /**
   * Runs immediately, or after the commit while updates are being stored: nobody may see updates that may be refused.
   */
  whenCommitted(then: () => void): void {
    if (this.#storing) this.#afterCommit.push(then);
    else then();
  }

  receive(subscriber: Subscriber, update: Uint8Array): void {
    if (this.#queue.isFull()) return subscriber.close(1013);
    this.#queue.add({ subscriber, update });
    this.#start();
  }

  /** Called with an update that another process committed. */
  onRemoteUpdate(stored: StoredUpdate): void {
    this.#remoteUpdates.push(stored);
    this.#start();
  }

  /** Called with the newest committed number. Reads the missing updates if this copy is behind. */
  onRemoteHead(last: number): void {
    if (last > this.#copy.last && !this.#working) this.#begin(() => this.#catchUp());
  }

  /** Resolves when all received updates are stored or refused. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  #start(): void {
    if (!this.#working && !this.#failed) this.#begin(() => this.#work());
  }

  #begin(work: () => Promise<void>): void {
    this.#working = work()
      .catch((error: unknown) => this.#fail(error))
      .then(() => {
        this.#working = null;
        if (this.#hasWork()) this.#start();
      });
  }

  async #work(): Promise<void> {
    // Frames that arrived together form one run.
    await Promise.resolve();
    while (this.#hasWork() || this.#copy.rows >= foldThreshold) {
      if (this.#remoteUpdates.length > 0) await this.#applyRemote();
      else if (!this.#queue.isEmpty()) await this.#takeRun();
      else await this.#fold();
    }
  }

  #hasWork = () => !this.#queue.isEmpty() || this.#remoteUpdates.length > 0;

  async #takeRun(): Promise<void> {
    const run = this.#queue.takeRun();
    this.#storing = true;
    const parts: { subscriber: Subscriber; part: UpdatePart }[] = [];

    for (const [subscriber, waiting] of run) {
      const updates = waiting.map(({ update }) => update);
      const answer = applyPart(this.#copy, subscriber.person, updates, this.#presences.whoIs);
      if (answer.state === 'refused') {
        this.#queue.putBack(run);
        const isNew = await this.#reload();
        // The update may depend on something that another process stored and this copy lacked.
        if (!answer.mayBeBehind || !isNew) this.#refuse(subscriber, answer.finding);
        return this.#release();
      }
      if (answer.state === 'changed') parts.push({ subscriber, part: answer.part });
    }

    const saved = parts.length > 0 ? await this.#save(parts.map(({ part }) => part)) : null;
    if (saved?.state === 'refused') {
      const { subscriber } = parts[saved.part]!;
      this.#queue.putBack(run);
      this.#refuse(subscriber, saved.finding);
      await this.#reload();
    } else if (saved && saved.state !== 'saved') {
      this.#queue.putBack(run);
      await this.#reload();
    } else {
      for (const { subscriber, part } of parts) this.#relayCommitted(part, subscriber);
      this.#vector = Y.encodeStateVector(this.doc);
      for (const subscriber of run.keys()) if (subscriber.acknowledges) subscriber.send(acknowledgeFrame(this.doc));
    }
    this.#release();
  }

  /**
   * Refuses a subscriber and drops its queued updates, which depend on the refused one. `finding` null: the subscriber
   * can no longer access the record.
   */
  #refuse(subscriber: Subscriber, finding: Finding | null): void {
    this.#queue.drop(subscriber);
    if (finding) subscriber.refuse(finding);
    else subscriber.close(closeCodes.gone);
  }

  #save(parts: readonly UpdatePart[]): Promise<DocumentSaved> {
    return this.#world.write({ record: this.#record, base: this.#copy.last, parts });
  }

  /** Relays a committed update to the other subscribers and processes. */
  #relayCommitted({ update, person, claims }: UpdatePart, from: Subscriber): void {
    const copy = this.#copy;
    copy.last += 1;
    copy.rows += 1;
    copy.bytes += update.byteLength;
    this.#relay(updateFrame(update), from);
    this.#world.relay.publish({ record: this.#record, number: copy.last, update, person: person.id, claims });
  }

  async #applyRemote(): Promise<void> {
    const updates = this.#remoteUpdates.splice(0).sort((one, other) => one.number - other.number);
    for (const { number, update, person, claims } of updates) {
      if (number <= this.#copy.last) continue;
      if (number > this.#copy.last + 1) return this.#catchUp();
      Y.applyUpdate(this.doc, update);
      this.#copy.projection = null;
      this.#copy.last = number;
      this.#copy.rows += 1;
      this.#copy.bytes += update.byteLength;
      for (const client of claims) this.#copy.owners.set(client, person);
      this.#relay(updateFrame(update), null);
    }
    this.#vector = Y.encodeStateVector(this.doc);
  }

  async #catchUp(): Promise<void> {
    this.#storing = true;
    await this.#reload();
    this.#release();
  }

  /** Replaces the copy with the committed state and relays what is new in it. Returns whether there is anything new. */
  async #reload(): Promise<boolean> {
    const copy = copyOf((await readDocument(this.#world.services.db, this.#record))!);
    const isNew = copy.last > this.#copy.last;
    this.#copy.doc.destroy();
    this.#copy = copy;
    if (isNew) this.#relay(updateFrame(Y.encodeStateAsUpdate(copy.doc, this.#vector)), null);
    this.#vector = Y.encodeStateVector(copy.doc);
    return isNew;
  }

  #release(): void {
    this.#storing = false;
    for (const then of this.#afterCommit.splice(0)) then();
  }

  async #fold(): Promise<void> {
    const copy = this.#copy;
    copy.rows = 0;
    try {
      copy.bytes = await this.#world.services.db.transaction((tx) => foldUpdates(tx, this.#record));
    } catch (error) {
      logError(`folding the document of record ${this.#record}`, error);
    }
  }

  /**
   * Discards this instance: it is unknown whether the last commit succeeded. All subscribers reconnect to a new copy.
   */
  #fail(error: unknown): void {
    logError(`document of record ${this.#record}`, error);
    this.#failed = true;
    this.#copy.rows = 0;
    this.#queue.clear();
    this.#remoteUpdates = [];
    this.#afterCommit = [];
    for (const subscriber of this.subscribers) subscriber.close(closeCodes.storeFailed);
    this.#onlost();
  }

  #relay(frame: Uint8Array, except: Subscriber | null): void {
    for (const subscriber of this.subscribers) if (subscriber !== except) subscriber.send(frame);
  }
}
