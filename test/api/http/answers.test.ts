import { request, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { secureHeaders } from '#server/http/security-headers.ts';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';

const ctx = useTestServer();

interface Raw {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** The raw bytes on the wire: `fetch` would decompress them. */
function raw(path: string, headers: Record<string, string> = {}, by: Client = ctx.users.lead): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const asked = request(`${ctx.server.url}${path}`, { headers: { cookie: by.cookie, ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

const board = () => `/api/scopes/${ctx.users.scope}/board`;

test('every answer has headers against framing, sniffing, caching and script execution (fault S11)', async () => {
  const { id } = await newRecord(ctx.users);
  const paths = [
    board(),
    `/api/records/${id}`,
    '/api/nothing',
    '/api/scopes/x/board',
    '/api/auth/get-session',
    '/api/openapi.json',
    '/',
    '/socket.io/?EIO=4&transport=polling',
  ];
  for (const path of paths) {
    const { headers } = await raw(path);
    expect([path, headers['content-security-policy']]).toEqual([
      path,
      expect.stringContaining("frame-ancestors 'none'"),
    ]);
    expect([path, headers]).toMatchObject([
      path,
      {
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()') as string,
        'cache-control': expect.stringMatching(/no-store/) as string,
      },
    ]);
    expect(headers['strict-transport-security']).toBeUndefined();
  }
});

test('sends HSTS where the board is served over https only (fault S11)', () => {
  const headers = (publicUrl: string) => {
    const set = new Map<string, string>();
    const response = {
      setHeaders: (given: Map<string, string>) => given.forEach((v, k) => set.set(k, v)),
      setHeader: () => {},
    };
    secureHeaders({ publicUrl })({} as never, response as never);
    return set;
  };
  expect(headers('https://board.example').get('strict-transport-security')).toMatch(/^max-age=\d{8,}/);
  expect(headers('http://board.example').has('strict-transport-security')).toBe(false);
});

test.each([
  ['br, gzip', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
  ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
])('a board is compressed for clients that accept %s, with the same content', async (accepted, coding, decompress) => {
  for (let n = 0; n < 3; n++) await newRecord(ctx.users);
  const plain = await raw(board());
  expect(plain.headers['content-encoding']).toBeUndefined();
  const packed = await raw(board(), { 'accept-encoding': accepted });
  expect(packed.headers['content-encoding']).toBe(coding);
  expect(packed.headers.vary).toContain('accept-encoding');
  expect(packed.body.length).toBeLessThan(plain.body.length / 2);
  expect(JSON.parse(decompress(packed.body).toString())).toEqual(JSON.parse(plain.body.toString()));
});

test('an answer of moderate size is compressed in one piece and has a content length', async () => {
  const { id } = await newRecord(ctx.users);
  const plain = await raw(`/api/records/${id}`);
  for (const coding of ['br', 'gzip']) {
    const packed = await raw(`/api/records/${id}`, { 'accept-encoding': coding });
    expect(packed.headers['content-encoding']).toBe(coding);
    expect(packed.headers.vary).toContain('accept-encoding');
    expect(packed.headers['transfer-encoding']).toBeUndefined();
    expect(Number(packed.headers['content-length'])).toBe(packed.body.length);
    expect(packed.body.length).toBeLessThan(plain.body.length / 2);
    const unpacked = coding === 'br' ? brotliDecompressSync(packed.body) : gunzipSync(packed.body);
    expect(unpacked).toEqual(plain.body);
  }
});

test('small answers, and those with a secret beside text of others, are not compressed', async () => {
  const coding = { 'accept-encoding': 'br, gzip' };
  const { organisation } = ctx.users;
  for (const path of ['/api/self', '/api/auth/get-session', `/api/organisations/${organisation}/invitations`]) {
    const { headers } = await raw(path, coding, ctx.users.admin);
    expect([path, headers['content-encoding']]).toEqual([path, undefined]);
  }
});
