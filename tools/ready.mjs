// Runs before every npm script, with any Node version: installs what is missing, builds what is stale.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const mark = join(root, 'node_modules/.installed-from');
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');

if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lock) {
  console.log('Installing what is missing (once) ...');
  // Not `npm ci`: it requires lock entries for native parts of other platforms, which the lock of a single platform
  // lacks.
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(mark, lock);
}
if (process.argv.includes('--build') && isStale()) {
  console.log('Building the pages ...');
  run('npm', ['run', '--silent', 'build']);
}

/** Whether a source of the pages is newer than their build. */
function isStale() {
  const built = join(root, 'build/index.js');
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  return ['web', 'shared', 'vite.config.ts', 'package-lock.json'].some((part) => newest(join(root, part)) > mtimeMs);
}

function newest(path) {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  const inside = readdirSync(path).filter((name) => name !== 'paraglide' && name !== 'cache');
  return Math.max(0, ...inside.map((name) => newest(join(path, name))));
}

function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
