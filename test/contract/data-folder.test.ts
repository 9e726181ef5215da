import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DatabaseUnusable } from '#server/db/driver/client.ts';
import { openDatabase } from '#server/db/driver/open-database.ts';
import { openEmbedded } from '#server/db/driver/open-embedded.ts';
import { lockFolder } from '#server/db/driver/lock-folder.ts';
import { readSecret } from '#server/app/secret.ts';
import { readConfig } from '#server/app/config.ts';
import { waitFor } from '#test/support/wait.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'ecoc-folder-'))));
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Another process that locks the folder and holds the lock; in containers, each in its own process namespace. */
function holder(contained: boolean): { child: ChildProcess; said: Promise<string> } {
  const script = `
    const { lockFolder } = await import('./server/db/driver/lock-folder.ts');
    try { globalThis.unlock = await lockFolder(process.argv[1]); console.log('locked'); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.message); }`;
  const node = [process.execPath, '--input-type=module', '-e', script, folder];
  const [command, ...rest] = contained ? [...namespace, ...node] : node;
  const child = spawn(command!, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return {
    child,
    said: new Promise((resolve) => child.stdout.once('data', (text: Buffer) => resolve(`${text}`.trim()))),
  };
}

const namespace = ['unshare', '-p', '-f', '--kill-child', '--mount-proc'];
const hasNamespaces = spawnSync(namespace[0]!, [...namespace.slice(1), 'true']).status === 0;
const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

test.each([
  ['a process', false],
  ['a container', true],
])('%s that holds a data folder locks out others, and only while it lives (faults S2, D9)', async (_, contained) => {
  if (contained && !hasNamespaces) return console.warn('skipped: process namespaces are not allowed here');
  const first = holder(contained);
  expect(await first.said).toBe('locked');
  const refusal = `The data folder ${folder} is in use by another eCoC Board. Stop that one, or name another folder in DATA_DIR.`;
  expect(await holder(contained).said).toBe(refusal);
  await expect(lockFolder(folder)).rejects.toThrow(refusal);
  const gone = ended(first.child);
  first.child.kill('SIGKILL');
  await gone;
  // A process namespace ends a moment after the process that created it.
  await waitFor(() =>
    lockFolder(folder).then(
      (unlock) => (unlock(), true),
      () => false,
    ),
  );
});

test('of eight concurrent starts one locks the folder (fault D9)', async () => {
  const said = await Promise.all(Array.from({ length: 8 }, () => holder(false).said));
  expect(said.filter((words) => words === 'locked')).toHaveLength(1);
});

test('a lock file of an earlier version locks nobody out, even if it names a live process (faults S2, D9)', async () => {
  await writeFile(`${folder}/held-by`, String(process.ppid));
  (await lockFolder(folder))();
  expect(await readdir(folder)).not.toContain('held-by');
});

test('only the owner can read the embedded database and the secret, including those of an earlier version (fault S7)', async () => {
  const config = readConfig({ DATA_DIR: `${folder}/data` });
  const open = () => openEmbedded(`${folder}/data/database`);
  await (await open()).close();
  await readSecret(config);
  const all = async () =>
    (await readdir(`${folder}/data`, { recursive: true })).map((name) => `${folder}/data/${name}`);
  for (const path of await all()) await chmod(path, (await stat(path)).isDirectory() ? 0o755 : 0o666);
  await readSecret(config);
  await (await open()).close();
  for (const path of [`${folder}/data`, ...(await all())]) {
    const { mode } = await stat(path);
    expect({ path, others: mode & 0o077 }).toEqual({ path, others: 0 });
  }
}, 120_000);

test('an unusable data folder is reported with a sentence (fault S20)', async () => {
  await writeFile(`${folder}/file`, '');
  const config = readConfig({ DATA_DIR: `${folder}/file` });
  await expect(openDatabase(config.database)).rejects.toBeInstanceOf(DatabaseUnusable);
  await expect(readSecret(config)).rejects.toThrow(
    /^The secret in .* cannot be read or written: .*Check the permissions/,
  );
});

test('an empty secret left by an interrupted start is not used; concurrent starts agree on a new one (fault D12)', async () => {
  const config = readConfig({ DATA_DIR: folder });
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/secret`, '');
  const secrets = await Promise.all(Array.from({ length: 5 }, () => readSecret(config)));
  expect(new Set(secrets).size).toBe(1);
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(await readFile(`${folder}/secret`, 'utf8')).toBe(secrets[0]);
});
