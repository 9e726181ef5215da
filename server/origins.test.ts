import { expect, test } from 'vitest';
import { readConfig } from '#server/app/config.ts';
import { isOwnRequest, ownOrigins } from './origins.ts';

const given = ownOrigins(readConfig({ PUBLIC_URL: 'https://board.example', PORT: '3000' }), () => 3000);
const local = ownOrigins(readConfig({ PORT: '0' }), () => 4711);
const http = ownOrigins(readConfig({ PUBLIC_URL: 'http://board.example:80' }), () => 3000);

test.each([
  [given, 'https://board.example', true],
  [given, 'http://board.example', false],
  [given, 'https://board.example:8443', false],
  [given, 'https://board.example.evil.example', false],
  [given, 'http://localhost:3000', false],
  [given, 'null', false],
  [local, 'http://localhost:4711', true],
  [local, 'http://127.0.0.1:4711', true],
  [local, 'http://[::1]:4711', true],
  [local, 'http://localhost:4712', false],
  [local, 'https://localhost:4711', false],
  [http, 'http://board.example', true],
])('%# %s belongs to the board: %s (faults S10, S11)', (isOwn, origin, own) => {
  expect(isOwn(origin)).toBe(own);
  expect(isOwnRequest({ origin, host: new URL(URL.canParse(origin) ? origin : 'http://x').host }, isOwn)).toBe(own);
});

test.each([
  [{}, true],
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'none' }, true],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'cross-site' }, false],
  [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, false],
])('a request with %j comes from the board: %s (faults S10, S11)', (headers, own) => {
  expect(isOwnRequest(headers, given)).toBe(own);
  expect(isOwnRequest(new Headers(headers as Record<string, string>), given)).toBe(own);
});
