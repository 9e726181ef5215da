import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A separate PostgreSQL server, which can be stopped and started. */
export interface Cluster {
  url: string;
  start(): Promise<void>;
  /** `immediate` simulates a crash; `fast` closes every connection first. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  remove(): Promise<void>;
}

/** The folder with PostgreSQL's server programs; null if there are none on this machine. */
export function serverPrograms(): string | null {
  const found = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' }).stdout?.trim();
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => `${debian}/${version}/bin`) : [];
  return [found, ...versions.reverse()].find((folder) => folder && existsSync(`${folder}/initdb`)) ?? null;
}

/** PostgreSQL does not run as root. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

export async function makeCluster(programs: string): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-cluster-'));
  const as = owner();
  if (as.uid !== undefined) await chown(folder, as.uid, as.gid!);
  const port = await freePort();
  const run = (program: string, ...args: string[]) =>
    new Promise<void>((resolve, reject) => {
      const child = spawn(`${programs}/${program}`, args, { ...as, cwd: folder, stdio: 'ignore' });
      child.once('error', reject);
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`))));
    });
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
  const control = (...args: string[]) => run('pg_ctl', '-D', `${folder}/data`, '-w', '-t', '60', ...args);
  await run('initdb', '-D', `${folder}/data`, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync');
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: () => control('-l', `${folder}/log`, '-o', settings, 'start'),
    stop: (how) => control('-m', how, 'stop'),
    async remove() {
      await control('-m', 'immediate', 'stop').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
