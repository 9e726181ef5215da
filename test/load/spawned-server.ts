import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What `npm start` gives to Node: its flags and the program. */
const [, ...start] = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).scripts.start.split(' ') as string[];

/** What Node compiled is kept between starts, as `npm start` keeps it. */
const compiled = { NODE_COMPILE_CACHE: `${root}node_modules/.cache/compiled` };

/** The production server in a process of its own, so that its time and memory are its own. */
export interface SpawnedServer {
  url: string;
  /** Milliseconds from the start of the process to the line that says it is ready. */
  startedIn: number;
  /** Processor seconds used so far; 0 where the system does not tell. */
  cpu(): number;
  /** Resident memory in MB. */
  memory(): number;
  /** Answers with the exit code; null where a signal ended it. */
  stop(): Promise<number | null>;
  /** Ends it as a crash does. */
  kill(): Promise<number | null>;
  /** What it wrote to its log so far. */
  log(): string;
}

/** Without the pages, for what measures or breaks only what stands below them: nothing has to be built for it. */
export const withoutPages = [...start.slice(0, -1), 'test/load/bare-server.ts'];

/** `quiet`: its log is not shown, because it is full of errors that are meant. */
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
