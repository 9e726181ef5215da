import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Config } from './config.ts';

/** What sessions and links are signed with: AUTH_SECRET, or one made at the first start and kept in the data folder. */
export async function readSecret({ authSecret, dataDir }: Config): Promise<string> {
  if (authSecret) return authSecret;
  const file = `${dataDir}/secret`;
  try {
    return await readFile(file, 'utf8');
  } catch {
    await mkdir(dataDir, { recursive: true });
    const secret = randomBytes(32).toString('hex');
    await writeFile(file, secret, { mode: 0o600, flag: 'wx' }).catch(() => {});
    return readFile(file, 'utf8');
  }
}
