import { IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';

/** A browser whose database does not answer is one that keeps nothing: the network must not wait for it. */
const openMs = 2_000;

/** Reads what this browser keeps into the document, and keeps it until the document is destroyed. False: it keeps nothing. */
export async function openCopy(name: string, doc: Y.Doc, emptied: boolean): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false;
  try {
    if (emptied && !(await inTime(emptyCopy(name)))) return false;
    const persistence = new IndexeddbPersistence(name, doc);
    const synced = await inTime(persistence.whenSynced);
    // At sign-out the database goes; what is written here afterwards must not trip over that.
    persistence.db?.addEventListener('versionchange', () => void persistence.destroy());
    return synced;
  } catch {
    return false;
  }
}

/** Empties the copy in place: deleting it would have to wait for other tabs that have it open. */
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

/** Whether it was done before it is waited for no longer. */
const inTime = (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), openMs))]);
