import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The arguments that `npm start` passes to Node: its flags and the program. */
const [, ...start] = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).scripts.start.split(' ') as string[];

/** Node's compile cache is kept between starts, as with `npm start`. */
const compiled = { NODE_COMPILE_CACHE: `${root}node_modules/.cache/compiled` };

/** The production server in a separate process, so that its time and memory can be measured. */
export interface SpawnedServer {
  url: string;
  /** Milliseconds from the start of the process to its ready line. */
  startedIn: number;
  /** CPU seconds used so far; 0 where the system does not report them. */
  cpu(): number;
  /** Resident memory in MB. */
  memory(): number;
  /** Resolves with the exit code; null if a signal ended it. */
  stop(): Promise<number | null>;
  /** Kills it like a crash. */
  kill(): Promise<number | null>;
  /** Its log so far. */
  log(): string;
}

/** Without the pages, for tests and measurements below them: no build needed. */
export const withoutPages = [...start.slice(0, -1), 'test/load/bare-server.ts'];

/** `quiet`: hides its log, which is full of expected errors. */
export async function spawnServer(
  env: Record<string, string>,
  program = start,
  { quiet = false } = {},
): Promise<SpawnedServer> {
  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, program, {
    cwd: root,
    env: { ...process.env, ...compiled, PORT: '0', HOST: '127.0.0.1', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr!.on('data', (chunk) => {
    log += chunk;
    if (!quiet) process.stderr.write(chunk);
  });
  let url = '';
  for await (const line of createInterface({ input: child.stdout! })) {
    url = /ready at (\S+)/.exec(line)?.[1] ?? '';
    if (url) break;
  }
  if (!url) throw new Error('the server ended before it was ready');
  child.stdout!.resume();
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  };
  const read = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
  return {
    url: url.replace('localhost', '127.0.0.1'),
    startedIn: performance.now() - began,
    cpu: () => {
      const fields = read('stat').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(read('status'))?.[1] ?? 0) / 1024,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    log: () => log,
  };
}
