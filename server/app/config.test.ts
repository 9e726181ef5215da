import { expect, test } from 'vitest';
import { BadConfiguration, readConfig } from './config.ts';

const refusal = (environment: NodeJS.ProcessEnv): string => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof BadConfiguration) return error.message;
    throw error;
  }
  throw new Error('accepted');
};

test('an empty variable counts as not set (faults D10, no. 11)', () => {
  const names = ['PORT', 'HOST', 'PUBLIC_URL', 'TRUST_PROXY', 'DATA_DIR', 'DATABASE_URL', 'REDIS_URL', 'SMTP_URL'];
  const rest = ['MAIL_FROM', 'DIGEST_AT', 'AUTH_SECRET'];
  const { trustedProxies: _, ...empty } = readConfig(
    Object.fromEntries([...names, ...rest].map((name) => [name, ' '])),
  );
  const { trustedProxies: __, ...without } = readConfig({});
  expect(empty).toEqual(without);
  expect(without).toMatchObject({ port: 3000, publicUrl: 'http://localhost:3000', database: { kind: 'embedded' } });
});

test.each([
  ['127.0.0.1', 'http://localhost:80', '127.0.0.1'],
  ['0.0.0.0', 'http://localhost:80', '0.0.0.0'],
  ['::', 'http://localhost:80', '::'],
  ['[::1]', 'http://localhost:80', '::1'],
  ['fd00::7', 'http://[fd00::7]:80', 'fd00::7'],
  ['board.example', 'http://board.example:80', 'board.example'],
])('HOST=%s is reachable at %s (faults D10, no. 11)', (HOST, publicUrl, host) => {
  expect(readConfig({ HOST, PORT: '80' })).toMatchObject({ publicUrl, host });
});

test.each([
  [{ PORT: 'abc' }, 'PORT has to be a number from 0 to 65535.'],
  [{ PORT: '1e3' }, 'PORT has to be a number from 0 to 65535.'],
  [{ PORT: '70000' }, 'PORT has to be a number from 0 to 65535.'],
  [{ PUBLIC_URL: 'ftp://board.example' }, 'PUBLIC_URL has to be an address like https://board.example.'],
  [{ PUBLIC_URL: 'board' }, 'PUBLIC_URL has to be an address like https://board.example.'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL has to begin with postgres:// or postgresql://.'],
  [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY has to be a number of proxies, or their addresses separated by commas.'],
  [
    { TRUST_PROXY: '10.0.0.0/33' },
    'TRUST_PROXY has to be a number of proxies, or their addresses separated by commas.',
  ],
])('refuses %j with one sentence (faults D10, no. 11)', (environment, sentence) => {
  expect(refusal(environment)).toBe(sentence);
});

test.each(['http://localhost:3000/board', 'https://board.example/?a=1', 'https://board.example/#a'])(
  'refuses PUBLIC_URL=%s at startup because it is more than an origin (fault no. 10)',
  (PUBLIC_URL) => {
    expect(refusal({ PUBLIC_URL })).toMatch(/^PUBLIC_URL has to be an address without a path, like https?:\/\/[^/]+:/);
  },
);

test('a trailing slash in PUBLIC_URL is ignored', () => {
  expect(readConfig({ PUBLIC_URL: 'https://board.example/' }).publicUrl).toBe('https://board.example');
});
