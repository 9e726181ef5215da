import { IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';

/**
 * Timeout for IndexedDB, in milliseconds. A browser whose database does not answer is treated as one without storage,
 * so that the network does not wait for it.
 */
const openMs = 2_000;

/**
 * Loads the stored copy into the document and persists updates until the document is destroyed. Returns false where the
 * browser stores nothing.
 */
export async function openCopy(name: string, doc: Y.Doc, emptied: boolean): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false;
  try {
    if (emptied && !(await inTime(emptyCopy(name)))) return false;
    const persistence = new IndexeddbPersistence(name, doc);
    const synced = await inTime(persistence.whenSynced);
    // Sign-out deletes the database; a later write must not fail because of that.
    persistence.db?.addEventListener('versionchange', () => void persistence.destroy());
    return synced;
  } catch {
    return false;
  }
}

/** Empties the copy in place. Deleting the database would have to wait for other tabs that have it open. */
export function emptyCopy(name: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onerror = () => reject(request.error!);
    request.onupgradeneeded = () => request.transaction!.abort();
    request.onsuccess = () => {
      const db = request.result;
      const done = () => {
        db.close();
        resolve();
      };
      const clearing = db.transaction('updates', 'readwrite');
      clearing.objectStore('updates').clear();
      clearing.oncomplete = done;
      clearing.onabort = done;
    };
  }).catch(() => undefined);
}

/** Resolves to true when the work finishes before the timeout, otherwise to false. */
const inTime = (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), openMs))]);
