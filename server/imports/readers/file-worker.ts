import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ColumnMapping } from '#shared/contract/import.ts';
import { readRows, type FileContent } from './read-rows.ts';
import { Unreadable } from './unreadable.ts';

/** The messages of the worker; after each `part` it waits for the next request. */
export type FromWorker =
  { kind: 'part'; part: FileContent } | { kind: 'end' } | ({ kind: 'unreadable' } & Pick<Unreadable, 'why' | 'params'>);

/** Reads one file in its own thread: a large file would block everybody. */
const port = parentPort!;
// On Linux this affects only the calling thread: requests of people have priority over a file.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const { bytes, mappings } = workerData as { bytes: Uint8Array; mappings: readonly ColumnMapping[] };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origins
const tell = (message: FromWorker) => port.postMessage(message);
const nextRequest = () => new Promise((resolve) => port.once('message', resolve));

try {
  for await (const part of readRows(bytes, mappings)) {
    tell({ kind: 'part', part });
    await nextRequest();
  }
  tell({ kind: 'end' });
} catch (error) {
  if (!(error instanceof Unreadable)) throw error;
  tell({ kind: 'unreadable', why: error.why, params: error.params });
}
port.close();
