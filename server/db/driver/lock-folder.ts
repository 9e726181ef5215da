import { rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseUnusable } from './client.ts';

const sqliteBusy = 5;

/**
 * Locks the folder of an embedded database, which has no lock of its own. Node has no file locks, but its built-in
 * SQLite takes an operating system lock when an exclusive transaction begins. The lock works across containers and
 * process namespaces that share the folder. It is released when its process ends, however it ends. Nothing is written.
 * Returns the function that unlocks the folder. Throws DatabaseUnusable while another process holds the lock.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(`${folder}/lock`, { timeout: 0 });
    lock.exec('pragma journal_mode = memory; begin exclusive');
  } catch (error) {
    lock?.close();
    if ((error as { errcode?: number }).errcode !== sqliteBusy) throw error;
    throw new DatabaseUnusable(
      `The data folder ${folder} is in use by another eCoC Board. Stop that one, or name another folder in DATA_DIR.`,
    );
  }
  const { close } = lock;
  // Earlier versions stored a process id here, which did not cover processes in other containers.
  await rm(`${folder}/held-by`, { force: true });
  return close.bind(lock);
}
