import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const system = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The Chromium for the tests: the one CHROMIUM_PATH names, one installed on the system, or the one inside the npm
 * package @sparticuz/chromium, unpacked below node_modules with its libraries.
 */
export async function findChromium(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const present = [process.env['CHROMIUM_PATH'], ...system].find((path) => path && existsSync(path));
  if (present) return { executablePath: present, env: {} };
  const folder = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url));
  await mkdir(folder, { recursive: true });
  process.env['TMPDIR'] = folder;
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  return { executablePath, env: { LD_LIBRARY_PATH: `${folder}/al2023/lib:${process.env['LD_LIBRARY_PATH'] ?? ''}` } };
}

/** Chromium connects only to the server under test. */
export const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
