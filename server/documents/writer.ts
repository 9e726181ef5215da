import type { Services } from '#server/commands/command.ts';
import { saveDocuments, type DocumentSave, type DocumentSaved } from '#server/commands/documents/save.ts';

/** Stores a save. Rejects if the database fails; it is then unknown whether the save is stored. */
export type Writer = (save: DocumentSave) => Promise<DocumentSaved>;

interface Waiting {
  save: DocumentSave;
  resolve(saved: DocumentSaved): void;
  reject(error: unknown): void;
}

/** Maximum number of saves per commit. */
const batchLimit = 200;
/** With this many waiting, a second commit runs in parallel; fewer cost less in a single commit. */
const waitingForSecond = 40;
const asSystem = { actor: null, operation: null };

/**
 * Group commit over all documents: saves that arrive while a commit runs share the next one. A document is in one
 * commit at a time. A document whose record is locked by others is saved on its own, so that it does not delay the
 * rest; so is every document of a failed batch.
 */
export function documentWriter(services: Services): Writer {
  const queue: Waiting[] = [];
  let running = 0;

  async function run(): Promise<void> {
    running += 1;
    // Frames that arrived together form one batch.
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
