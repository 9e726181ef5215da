import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises';
import type { Config } from './config.ts';
import { DatabaseUnusable } from '#server/db/driver/client.ts';
import { makePrivateFolder } from '#server/db/driver/private-folder.ts';

/**
 * The secret that signs sessions and links: AUTH_SECRET, or one generated at the first start and stored in the data
 * folder. Throws DatabaseUnusable if the stored one cannot be read or written.
 */
export async function readSecret({ authSecret, dataDir }: Config): Promise<string> {
  if (authSecret) return authSecret;
  const file = `${dataDir}/secret`;
  try {
    return (await kept(file)) ?? (await make(dataDir, file));
  } catch (error) {
    throw new DatabaseUnusable(
      `The secret in ${file} cannot be read or written: ${(error as Error).message}. Check the permissions of ${dataDir} and the space on its disk, or set AUTH_SECRET.`,
    );
  }
}

/** Null if there is no file, or only an empty one left by an interrupted start. */
async function kept(file: string): Promise<string | null> {
  try {
    const secret = (await readFile(file, 'utf8')).trim();
    await chmod(file, 0o600).catch(() => undefined);
    return secret || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Writes a temporary file and links it, so that the secret file is always complete. Two concurrent starts get the same
 * secret.
 */
async function make(dataDir: string, file: string): Promise<string> {
  await makePrivateFolder(dataDir);
  const made = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(made, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    if ((await readFile(file, 'utf8').catch(() => null))?.trim() === '') await rm(file, { force: true });
    await link(made, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(made, { force: true });
  }
  return readFile(file, 'utf8');
}
