import { rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { DatabaseUnusable } from './client.ts';

const sqliteBusy = 5;

/**
 * Locks the folder of an embedded database, which has no lock of its own. Node has no lock on files, but SQLite, which
 * comes with it, takes one of the operating system when an exclusive transaction begins: it holds across containers and
 * process namespaces that share the folder, and ends with the process that holds it, however that ends. Nothing is
 * written. Answers with how to unlock. Throws DatabaseUnusable while another process holds the lock.
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
  // The mark of earlier versions: a process number, which said nothing about processes in other containers.
  await rm(`${folder}/held-by`, { force: true });
  return close.bind(lock);
}
