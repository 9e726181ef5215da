import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { createClient } from 'redis';

const usual = 'redis://127.0.0.1:6379';

/** The Redis for tests. Throws with one sentence that says what to do. */
export async function findRedis(): Promise<string> {
  const url = process.env['TEST_REDIS_URL'] ?? usual;
  const error = await answers(url);
  if (!error) return url;
  const why = error.message || (error as NodeJS.ErrnoException).code;
  throw new Error(`No Redis answers at ${new URL(url).host} (${why}). Start one, or name another in TEST_REDIS_URL.`);
}

async function answers(url: string): Promise<Error | null> {
  const client = createClient({ url, socket: { connectTimeout: 2_000, reconnectStrategy: false } });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
    return null;
  } catch (error) {
    return error as Error;
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** Whether a test can start and kill a Redis. */
export const canSpawnRedis = spawnSync('redis-server', ['--version']).status === 0;

export interface OwnRedis {
  url: string;
  /** Kills it, like a machine that loses power. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** A separate Redis on a free port, without persistence. */
export async function spawnRedis(): Promise<OwnRedis> {
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess;
  const redis: OwnRedis = {
    url,
    async start() {
      child = spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
        stdio: 'ignore',
      });
      for (let tries = 0; await answers(url); tries++) {
        if (tries > 100) throw new Error('redis-server does not start');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    kill: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
  await redis.start();
  return redis;
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
