import { open, readFile, rm } from 'node:fs/promises';
import { DatabaseUnusable } from './client.ts';

/**
 * Marks a folder as held by this process; the embedded database has no lock of its own. A mark left by a process that
 * was killed is taken over. Throws DatabaseUnusable while the holder lives.
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const mark = `${folder}/held-by`;
  for (;;) {
    try {
      const file = await open(mark, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(mark, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(mark, 'utf8').catch(() => ''));
    if (holder !== process.pid && alive(holder)) {
      throw new DatabaseUnusable(
        `The data folder ${folder} is in use by process ${holder}. Stop it, or name another folder in DATA_DIR.`,
      );
    }
    await rm(mark, { force: true });
  }
}

function alive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
