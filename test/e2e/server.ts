import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

import { restartingDatabase } from './restarts.ts';

const main = fileURLToPath(new URL('../../server/app/main.ts', import.meta.url));

/** The production server as in normal operation: a separate process with its own data folder. */
export interface SpawnedServer {
  url: string;
  setupLink: string | null;
  /** Kills it without warning, like a power cut. */
  kill(): Promise<void>;
  /** Restarts it on the same port and folder. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function spawnServer(): Promise<SpawnedServer> {
  const folder = await mkdtemp(`${tmpdir()}/ecoc-e2e-`);
  const database = await restartingDatabase();
  let child: ChildProcess;
  const server = { url: '', setupLink: null } as SpawnedServer;
  const start = async (port: string) => {
    child = spawn(process.execPath, [main], {
      env: {
        ...process.env,
        ...(database && { DATABASE_URL: database.url }),
        DATA_DIR: folder,
        PORT: port,
        HOST: '127.0.0.1',
        NODE_ENV: 'production',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const line of createInterface({ input: child.stdout! })) {
      server.url ||= /ready at (\S+)/.exec(line)?.[1] ?? '';
      server.setupLink ??= /(\S+\/setup\/\S+)/.exec(line)?.[1] ?? null;
      if (server.url && (server.setupLink || port !== '0')) break;
    }
    child.stdout!.resume();
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  server.kill = () => end('SIGKILL');
  server.restart = () => start(new URL(server.url).port);
  server.stop = async () => {
    await end('SIGTERM');
    await database?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  await start('0');
  database?.begin();
  return server;
}
