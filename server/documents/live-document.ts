import * as Y from 'yjs';
import { closeCodes, documentLimits } from '#shared/contract/document.ts';
import type { Person } from '#shared/contract/person.ts';
import { projectDocument } from '#shared/domain/record-document.ts';
import type { Services } from '#server/commands/command.ts';
import { Forbidden, NotFound } from '#server/commands/errors.ts';
import { saveDocument } from '#server/commands/save-document.ts';
import { foldUpdates, readDocument } from '#server/db/documents.ts';
import { lockRecord } from '#server/db/records.ts';
import { leavesGaps } from './gate.ts';
import { presenceFrame, type Said } from './awareness.ts';
import { acknowledgeFrame, updateFrame } from './frames.ts';
import { presencesOf } from './presences.ts';

/** One socket on a document, as the document sees it. */
export interface Reader {
  person: Person;
  acknowledges: boolean;
  send(frame: Uint8Array): void;
  close(code: number): void;
}

interface Waiting {
  reader: Reader;
  update: Uint8Array;
}

/** Past this many rows of updates a document is folded into one. */
const foldAfter = 200;
/** Updates that wait for the database; who sends past it comes back later. */
const waitingLimit = 4 * 1024 * 1024;

/**
 * A record's document while somebody has it open. Updates wait in a queue; what one reader sent meanwhile is applied,
 * judged, stored in one transaction, and only then relayed and acknowledged. What is refused is thrown away with the
 * copy it was applied to, and the document is read again: nobody saw it and nothing was stored.
 */
export class LiveDocument {
  readonly readers = new Set<Reader>();
  doc = new Y.Doc();
  #bytes = 0;
  #rows = 0;
  #queue: Waiting[] = [];
  #waitingBytes = 0;
  #working: Promise<void> | null = null;
  /** Whether the copy in memory is what is committed. */
  #committed = true;
  #held: (() => void)[] = [];
  #lost = false;
  readonly #presences: ReturnType<typeof presencesOf>;
  readonly #services: Services;
  readonly #record: string;
  readonly #onlost: () => void;

  private constructor(services: Services, record: string, onlost: () => void) {
    this.#services = services;
    this.#record = record;
    this.#onlost = onlost;
    this.#presences = presencesOf(services.now);
  }

  /** `onlost`: this copy is not used any more, whoever asks for the document has to load it again. */
  static async load(services: Services, record: string, onlost: () => void): Promise<LiveDocument> {
    const document = new LiveDocument(services, record, onlost);
    await document.#read();
    return document;
  }

  enter(reader: Reader): void {
    this.readers.add(reader);
    if (this.#lost) reader.close(closeCodes.storeFailed);
  }

  leave(reader: Reader): void {
    this.readers.delete(reader);
    const left = this.#presences.leave(reader);
    if (left) this.#relay(presenceFrame([left]), reader);
  }

  present(reader: Reader, said: Said): void {
    const presence = this.#presences.say(reader, said);
    if (presence) this.#relay(presenceFrame([presence]), reader);
  }

  tellPresences(reader: Reader, client: number | null): void {
    const others = this.#presences.besides(client);
    if (others.length > 0) reader.send(presenceFrame(others));
  }

  /** Runs at once, or, while updates are being stored, when they are: nobody may see what might still be refused. */
  whenCommitted(then: () => void): void {
    if (this.#committed) then();
    else this.#held.push(then);
  }

  /** Takes an update that passed the gate. */
  receive(reader: Reader, update: Uint8Array): void {
    if (this.#waitingBytes > waitingLimit) return reader.close(1013);
    this.#queue.push({ reader, update });
    this.#waitingBytes += update.byteLength;
    this.#working ??= this.#work().catch((error: unknown) => this.#lose(error));
  }

  /** Resolves when everything received so far is stored or refused. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async #read(): Promise<void> {
    const { state, rows } = await readDocument(this.#services.db, this.#record);
    this.doc = new Y.Doc();
    Y.applyUpdate(this.doc, state);
    this.#bytes = state.byteLength;
    this.#rows = rows;
  }

  async #work(): Promise<void> {
    // Frames that came in one piece are one run.
    await null;
    while (this.#queue.length > 0 || this.#rows >= foldAfter) {
      if (this.#queue.length === 0) await this.#fold();
      else await this.#takeRun(this.#queue[0]!.reader);
    }
    this.#working = null;
  }

  async #takeRun(reader: Reader): Promise<void> {
    const run = this.#drop(reader);
    this.#committed = false;
    try {
      await this.#store(reader, run);
    } catch (error) {
      const code = closeCodeOf(error);
      if (code === closeCodes.storeFailed) return this.#lose(error);
      this.#drop(reader);
      reader.close(code);
      await this.#read();
    }
    this.#committed = true;
    for (const then of this.#held.splice(0)) then();
  }

  /** Takes a reader's updates out of the queue. What others wait with cannot rest on them: nobody has seen them yet. */
  #drop(reader: Reader): Uint8Array[] {
    const [own, others] = [this.#queue.filter((one) => one.reader === reader), this.#queue];
    this.#queue = others.filter((one) => one.reader !== reader);
    for (const { update } of own) this.#waitingBytes -= update.byteLength;
    return own.map(({ update }) => update);
  }

  async #store(reader: Reader, run: readonly Uint8Array[]): Promise<void> {
    const change = this.#apply(run);
    if (change) {
      const bytes = this.#sizeWith(change);
      const projection = fit(() => projectDocument(this.doc));
      const call = { actor: reader.person, operation: null };
      await saveDocument(this.#services, call, { record: this.#record, updates: [change], projection });
      this.#bytes = bytes;
      this.#rows += 1;
      this.#relay(updateFrame(change), reader);
    }
    if (reader.acknowledges) reader.send(acknowledgeFrame(this.doc));
  }

  /** What a run changed, in the document's own words; null: nothing. */
  #apply(run: readonly Uint8Array[]): Uint8Array | null {
    const emitted: Uint8Array[] = [];
    const collect = (update: Uint8Array) => emitted.push(update);
    this.doc.on('update', collect);
    try {
      fit(() => this.doc.transact(() => run.forEach((update) => Y.applyUpdate(this.doc, update))));
    } finally {
      this.doc.off('update', collect);
    }
    if (leavesGaps(this.doc)) throw new Unfit(closeCodes.malformed);
    return emitted.length > 1 ? Y.mergeUpdates(emitted) : (emitted[0] ?? null);
  }

  #sizeWith(change: Uint8Array): number {
    const sum = this.#bytes + change.byteLength;
    if (sum <= documentLimits.documentBytes) return sum;
    // The sum counts what was written over; the document does not hold it any more.
    const size = Y.encodeStateAsUpdate(this.doc).byteLength;
    if (size > documentLimits.documentBytes) throw new Unfit(closeCodes.tooLarge);
    return size;
  }

  async #fold(): Promise<void> {
    this.#rows = 0;
    try {
      this.#bytes = await this.#services.db.transaction(async (tx) => {
        await lockRecord(tx, this.#record);
        return foldUpdates(tx, this.#record);
      });
    } catch (error) {
      console.error(`folding the document of record ${this.#record}`, error);
    }
  }

  /** Whether the last commit stands is not known, so nobody may go on from this copy: all come back to a fresh one. */
  #lose(error: unknown): void {
    console.error(`document of record ${this.#record}`, error);
    this.#lost = true;
    this.#rows = 0;
    this.#queue = [];
    this.#held = [];
    this.#working = null;
    for (const reader of this.readers) reader.close(closeCodes.storeFailed);
    this.#onlost();
  }

  #relay(frame: Uint8Array, except: Reader): void {
    for (const reader of this.readers) if (reader !== except) reader.send(frame);
  }
}

/** An update that must not stay, with the code its sender's socket is closed with. */
class Unfit extends Error {
  readonly code: number;
  constructor(code: number) {
    super('unfit');
    this.code = code;
  }
}

/** Whatever a document throws at content it was not made for is the content's fault. */
function fit<T>(attempt: () => T): T {
  try {
    return attempt();
  } catch {
    throw new Unfit(closeCodes.malformed);
  }
}

function closeCodeOf(error: unknown): number {
  if (error instanceof Unfit) return error.code;
  if (error instanceof Forbidden) return closeCodes.readOnly;
  if (error instanceof NotFound) return closeCodes.gone;
  return closeCodes.storeFailed;
}
