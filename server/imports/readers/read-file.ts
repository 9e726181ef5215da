import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ColumnMapping } from '#shared/contract/import.ts';
import type { FromWorker } from './file-worker.ts';
import { readRows, type FileContent } from './read-rows.ts';
import { Unreadable } from './unreadable.ts';

/**
 * In bytes. Reading a smaller file takes less time than starting a thread: a message of this size takes about 12 ms.
 */
const smallFile = 24 * 1024;
/** Memory limit of the thread in MB: several times what the largest file needs. */
const memory = 512;

/**
 * The content of a file, read in its own thread unless it is small. The thread is at most one part ahead of the
 * consumer. Transfers the bytes: the caller cannot use them afterwards. Throws Unreadable.
 */
export async function* readFile(bytes: Uint8Array, mappings: readonly ColumnMapping[]): AsyncGenerator<FileContent> {
  if (bytes.byteLength <= smallFile) return yield* readRows(bytes, mappings);
  const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
  const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
    workerData: { bytes: whole, mappings },
    transferList: [whole.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[FromWorker]>) {
      if (message.kind === 'end') return;
      if (message.kind === 'unreadable') throw new Unreadable(message.why, message.params);
      yield message.part;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
      worker.postMessage('next');
    }
    throw new Error('the thread that read a file ended before the file did');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    throw new Unreadable('file.memory');
  } finally {
    await worker.terminate();
  }
}
