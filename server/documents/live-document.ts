import { logError } from '#server/log.ts';
import * as Y from 'yjs';
import { closeCodes } from '#shared/contract/document.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Services } from '#server/commands/command.ts';
import type { DocumentSaved } from '#server/commands/save-documents.ts';
import { foldUpdates, readDocument } from '#server/db/documents.ts';
import type { Attendance } from '#server/processes/attendance.ts';
import { presenceFrame, type Presence, type Said } from './awareness.ts';
import { acknowledgeFrame, updateFrame } from './frames.ts';
import { presencesOf } from './presences.ts';
import type { Reader } from './reader.ts';
import type { DocumentRelay, StoredUpdate } from './relay.ts';
import { updateQueue } from './update-queue.ts';
import { applyPart, copyOf, type Copy, type Part } from './working-copy.ts';
import type { Writer } from './writer.ts';

/** What a document needs of the world. */
export interface DocumentWorld {
  services: Services;
  write: Writer;
  relay: DocumentRelay;
  attendance: Attendance;
}

/** The room of a document in the attendance of all processes. */
export const documentRoom = (record: string) => `document ${record}`;

/** Past this many rows of updates a document is folded into one. */
const foldAfter = 200;

/**
 * A record's document while somebody has it open. Updates wait in a queue; what came meanwhile is applied to the one
 * copy in memory, judged and stored in one transaction, and only then relayed and acknowledged. If any of it is refused
 * the copy is thrown away and read again, and the others' updates are applied anew: nobody saw it, nothing was stored.
 */
export class LiveDocument {
  readonly readers = new Set<Reader>();
  #copy: Copy;
  /** What everybody may know: the state vector of what is committed. */
  #vector: Uint8Array;
  readonly #queue = updateQueue();
  #heard: StoredUpdate[] = [];
  #working: Promise<void> | null = null;
  #storing = false;
  #held: (() => void)[] = [];
  #lost = false;
  readonly #presences: ReturnType<typeof presencesOf>;
  readonly #world: DocumentWorld;
  readonly #record: string;
  readonly #onlost: () => void;

  private constructor(world: DocumentWorld, record: string, copy: Copy, onlost: () => void) {
    this.#world = world;
    this.#record = record;
    this.#copy = copy;
    this.#vector = Y.encodeStateVector(copy.doc);
    this.#onlost = onlost;
    this.#presences = presencesOf(world.services.now, () =>
      world.attendance.elsewhere<Presence>(documentRoom(record)).map(({ entry }) => entry),
    );
  }

  /** `onlost`: this copy is not used any more, whoever asks for the document has to load it again. */
  static async load(world: DocumentWorld, record: string, onlost: () => void): Promise<LiveDocument> {
    const copy = copyOf((await readDocument(world.services.db, record))!);
    return new LiveDocument(world, record, copy, onlost);
  }

  /** The document; what is being stored may be in it, so it is shown only `whenCommitted`. */
  get doc(): Y.Doc {
    return this.#copy.doc;
  }

  get committedVector(): Uint8Array {
    return this.#vector;
  }

  enter(reader: Reader): void {
    this.readers.add(reader);
    if (this.#lost) reader.close(closeCodes.storeFailed);
  }

  leave(reader: Reader): void {
    this.readers.delete(reader);
    const left = this.#presences.leave(reader);
    if (!left) return;
    this.#sayElsewhere(left.client, null);
    if (left.said) this.#relay(presenceFrame([left.said]), reader);
  }

  present(reader: Reader, said: Said): void {
    const presence = this.#presences.say(reader, said);
    if (!presence) return;
    this.#sayElsewhere(presence.client, presence.state && presence);
    this.#relay(presenceFrame([presence]), reader);
  }

  /** Somebody on another process; null: they left there. */
  hearPresence(client: number, said: Presence | null): void {
    const presence = this.#presences.hear(client, said);
    if (presence) this.#relay(presenceFrame([presence]), null);
  }

  #sayElsewhere(client: number, presence: Presence | null): void {
    this.#world.attendance.say(documentRoom(this.#record), `${client}`, presence);
  }

  tellPresences(reader: Reader, client: number | null): void {
    const others = this.#presences.besides(client);
    if (others.length > 0) reader.send(presenceFrame(others));
  }

  /** Runs at once, or, while updates are being stored, when they are: nobody may see what might still be refused. */
  whenCommitted(then: () => void): void {
    if (this.#storing) this.#held.push(then);
    else then();
  }

  receive(reader: Reader, update: Uint8Array): void {
    if (this.#queue.isFull()) return reader.close(1013);
    this.#queue.add({ reader, update });
    this.#start();
  }

  /** Another process committed this. */
  hear(stored: StoredUpdate): void {
    this.#heard.push(stored);
    this.#start();
  }

  /** The newest number that is committed: where this copy does not know it, what is missing is read. */
  heardOf(last: number): void {
    if (last > this.#copy.last && !this.#working) this.#begin(() => this.#catchUp());
  }

  /** Resolves when everything received so far is stored or refused. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  #start(): void {
    if (!this.#working && !this.#lost) this.#begin(() => this.#work());
  }

  #begin(work: () => Promise<void>): void {
    this.#working = work()
      .catch((error: unknown) => this.#lose(error))
      .then(() => {
        this.#working = null;
        if (this.#hasWork()) this.#start();
      });
  }

  async #work(): Promise<void> {
    // Frames that came in one piece are one run.
    await Promise.resolve();
    while (this.#hasWork() || this.#copy.rows >= foldAfter) {
      if (this.#heard.length > 0) await this.#takeHeard();
      else if (!this.#queue.isEmpty()) await this.#takeRun();
      else await this.#fold();
    }
  }

  #hasWork = () => !this.#queue.isEmpty() || this.#heard.length > 0;

  async #takeRun(): Promise<void> {
    const run = this.#queue.takeRun();
    this.#storing = true;
    const parts: { reader: Reader; part: Part }[] = [];

    for (const [reader, waiting] of run) {
      const updates = waiting.map(({ update }) => update);
      const answer = applyPart(this.#copy, reader.person, updates, this.#presences.whoIs);
      if (answer.state === 'refused') {
        this.#queue.putBack(run);
        const isNew = await this.#reread();
        // Perhaps it rests on what another process stored and this copy did not have.
        if (!answer.behind || !isNew) this.#refuse(reader, answer.finding);
        return this.#release();
      }
      if (answer.state === 'changed') parts.push({ reader, part: answer.part });
    }

    const saved = parts.length > 0 ? await this.#save(parts.map(({ part }) => part)) : null;
    if (saved?.state === 'refused') {
      const { reader } = parts[saved.part]!;
      this.#queue.putBack(run);
      this.#refuse(reader, saved.finding);
      await this.#reread();
    } else if (saved && saved.state !== 'saved') {
      this.#queue.putBack(run);
      await this.#reread();
    } else {
      for (const { reader, part } of parts) this.#tell(part, reader);
      this.#vector = Y.encodeStateVector(this.doc);
      for (const reader of run.keys()) if (reader.acknowledges) reader.send(acknowledgeFrame(this.doc));
    }
    this.#release();
  }

  /** What the reader sent behind it rests on what is refused. Without a finding: the record is gone for them. */
  #refuse(reader: Reader, finding: Finding | null): void {
    this.#queue.drop(reader);
    if (finding) reader.refuse(finding);
    else reader.close(closeCodes.gone);
  }

  #save(parts: readonly Part[]): Promise<DocumentSaved> {
    return this.#world.write({ record: this.#record, base: this.#copy.last, parts });
  }

  /** It is committed: now the others may have it. */
  #tell({ update, person, claims }: Part, from: Reader): void {
    const copy = this.#copy;
    copy.last += 1;
    copy.rows += 1;
    copy.bytes += update.byteLength;
    this.#relay(updateFrame(update), from);
    this.#world.relay.publish({ record: this.#record, number: copy.last, update, person: person.id, claims });
  }

  async #takeHeard(): Promise<void> {
    const heard = this.#heard.splice(0).sort((one, other) => one.number - other.number);
    for (const { number, update, person, claims } of heard) {
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
    await this.#reread();
    this.#release();
  }

  /** Takes what is committed for the copy, and shows everybody what is new in it. Answers whether anything is. */
  async #reread(): Promise<boolean> {
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
    for (const then of this.#held.splice(0)) then();
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

  /** Whether the last commit stands is not known, so nobody may go on from this copy: all come back to a fresh one. */
  #lose(error: unknown): void {
    logError(`document of record ${this.#record}`, error);
    this.#lost = true;
    this.#copy.rows = 0;
    this.#queue.clear();
    this.#heard = [];
    this.#held = [];
    for (const reader of this.readers) reader.close(closeCodes.storeFailed);
    this.#onlost();
  }

  #relay(frame: Uint8Array, except: Reader | null): void {
    for (const reader of this.readers) if (reader !== except) reader.send(frame);
  }
}
