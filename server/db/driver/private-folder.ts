import { chmod, mkdir, readdir } from 'node:fs/promises';

/** Creates a folder that only its owner can read, unless it exists. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Restricts a folder and its contents to the owner. Earlier versions left the files readable by everybody. */
export async function keepPrivate(folder: string): Promise<void> {
  await restrict(folder, 0o700);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await restrict(`${entry.parentPath}/${entry.name}`, entry.isDirectory() ? 0o700 : 0o600);
  }
}

/** Ignores failures: only the owner of a file can change its mode, and some file systems have no owners. */
const restrict = (path: string, mode: number) => chmod(path, mode).catch(() => undefined);
