import { chmod, mkdir, readdir } from 'node:fs/promises';

/** Makes a folder, if there is none, that only its owner can read. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Leaves a folder and everything in it to its owner alone; earlier versions left the files to everybody. */
export async function keepPrivate(folder: string): Promise<void> {
  await restrict(folder, 0o700);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await restrict(`${entry.parentPath}/${entry.name}`, entry.isDirectory() ? 0o700 : 0o600);
  }
}

/** Whoever may use a file that belongs to somebody else cannot change who may read it, and some disks have no owners. */
const restrict = (path: string, mode: number) => chmod(path, mode).catch(() => undefined);
