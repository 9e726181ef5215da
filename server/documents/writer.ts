import type { Services } from '#server/commands/command.ts';
import { saveDocuments, type DocumentSave, type DocumentSaved } from '#server/commands/documents/save.ts';

/** Stores one save; rejects where the database could not, and it is not known whether it did. */
export type Writer = (save: DocumentSave) => Promise<DocumentSaved>;

interface Waiting {
  save: DocumentSave;
  resolve(saved: DocumentSaved): void;
  reject(error: unknown): void;
}

/** At most so many documents share a commit. */
const batchLimit = 200;
/** With so many waiting a second commit runs beside the first; fewer cost less in one. */
const waitingForSecond = 40;
const asSystem = { actor: null, operation: null };

/**
 * Group commit over all documents: what arrives while a commit runs goes into the next one together; a document is in
 * one at a time. A document whose
 * record somebody else holds waits by itself, so that nobody waits with it; so does every one of a batch that failed.
 */
export function documentWriter(services: Services): Writer {
  const queue: Waiting[] = [];
  let running = 0;

  async function run(): Promise<void> {
    running += 1;
    // Frames that came in one piece are one batch.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = queue.splice(0, batchLimit);
      const saves = batch.map(({ save }) => save);
      const answers = await saveDocuments(services, asSystem, { saves, wait: false }).catch(() => null);
      for (const [index, waiting] of batch.entries()) {
        const answer = answers?.[index];
        if (answer && answer.state !== 'busy') waiting.resolve(answer);
        else void alone(waiting);
      }
    }
    running -= 1;
  }

  async function alone({ save, resolve, reject }: Waiting): Promise<void> {
    try {
      const [answer] = await saveDocuments(services, asSystem, { saves: [save], wait: true });
      resolve(answer!);
    } catch (error) {
      reject(error);
    }
  }

  return (save) =>
    new Promise((resolve, reject) => {
      queue.push({ save, resolve, reject });
      if (running === 0 || (running === 1 && queue.length >= waitingForSecond)) void run();
    });
}
