import { readFileSync } from 'node:fs';
import { connect as connectTo } from 'node:net';
import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { closeCodes } from '#shared/contract/document.ts';
import { updateFrame } from '#server/documents/frames.ts';
import { documentsOf, tickIn } from '#test/support/documents.ts';
import { rawSocket } from '#test/support/raw-socket.ts';
import { useTestServer } from '#test/support/context.ts';
import { tick } from '#test/support/reader.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const { open, stored } = documentsOf(ctx);

const frame = (...bytes: number[]) => Uint8Array.from(bytes);
const update = (...bytes: number[]) => updateFrame(frame(...bytes));

function updateOf(write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  write(doc);
  return Y.encodeStateAsUpdate(doc);
}

const withoutItsCause = (() => {
  const doc = new Y.Doc();
  doc.getMap('threads').set('a', 1);
  const after = Y.encodeStateVector(doc);
  doc.getMap('threads').set('b', 2);
  return Y.encodeStateAsUpdate(doc, after);
})();

/** Sends frames as a member of the scope; resolves with the server's close code. */
async function send(record: string, ...frames: Uint8Array[]): Promise<number> {
  const socket = await rawSocket(ctx.server.url, record, ctx.users.dataOwner);
  socket.send(...frames);
  return (await socket.closed).code;
}

describe('a frame', () => {
  test.each([
    ['of nothing', frame(), closeCodes.malformed],
    ['of random bytes', frame(9, 8, 7, 255, 255, 255), closeCodes.malformed],
    ['of no known step', frame(0, 7, 1, 0), closeCodes.malformed],
    ['with a state vector that ends early', frame(0, 0, 2, 9, 1), closeCodes.malformed],
    ['with a presence that is no JSON', frame(1, 5, 1, 1, 1, 1, 123), closeCodes.malformed],
    ['with an update that ends early', update(1, 1, 200), closeCodes.malformed],
    ['with a string longer than itself', update(1, 1, 5, 0, 4, 1, 1, 97, 255, 127), closeCodes.malformed],
    ['with thirty million structs in eight bytes', update(1, 0x80, 0x87, 0xa7, 0x0e, 1, 0, 0), closeCodes.malformed],
    ['with an update whose causes nobody has', updateFrame(withoutItsCause), closeCodes.malformed],
    ['with deletions of what nobody wrote', update(0, 1, 77, 1, 0, 5), closeCodes.malformed],
    [
      'with an update past 64 KiB',
      updateFrame(updateOf((doc) => doc.getText('long').insert(0, 'x'.repeat(70_000)))),
      closeCodes.tooLarge,
    ],
    [
      'with more structs than an update may have',
      updateFrame(
        updateOf((doc) => {
          for (let n = 0; n < 2_100; n++) doc.getMap('many').set(`${n}`, n);
        }),
      ),
      closeCodes.tooLarge,
    ],
    [
      'with a thread that is none',
      updateFrame(updateOf((doc) => doc.getMap('threads').set('a', 'thread'))),
      closeCodes.malformed,
    ],
    ['past all limits', new Uint8Array(300_000), 1009],
  ])('%s closes its socket, is not stored and affects nobody else', async (_, bytes, code) => {
    const { reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const witness = await open(id, reviewer);
    expect(await send(id, bytes)).toBe(code);
    tick(witness, 'approval', reviewer);
    await waitFor(() => witness.saved());
    const doc = await stored(id);
    expect(tickIn(doc, 'approval')).toMatchObject({ by: reviewer.id });
    expect([...doc.share.keys()].sort()).toEqual(['checklist', 'threads'].filter((root) => doc.share.has(root)));
    expect(doc.getMap('threads').size).toBe(0);
  });

  test('that is refused also discards the frames behind it', async () => {
    const { id } = await newRecord(ctx.users);
    const doc = await stored(id);
    const before = Y.encodeStateVector(doc);
    doc.getMap<Y.Map<unknown>>('checklist').get('source')!.set('tick', { by: ctx.users.dataOwner.id, at: '' });
    const good = updateFrame(Y.encodeStateAsUpdate(doc, before));
    expect(await send(id, updateFrame(withoutItsCause), good)).toBe(closeCodes.malformed);
    const witness = await open(id, ctx.users.reviewer);
    expect(tickIn(witness.doc, 'source')).toBeNull();
    expect(tickIn(await stored(id), 'source')).toBeNull();
  });

  test('with a broken header closes its socket', async () => {
    const { id } = await newRecord(ctx.users);
    const request = upgrade(`/documents/${id}`, `Cookie: ${ctx.users.dataOwner.cookie}\r\n`);
    await raw(request, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]));
    const { provider } = await open(id, ctx.users.reviewer);
    expect(provider.wsconnected).toBe(true);
  });
});

describe('an upgrade', () => {
  test.each([
    ['to an address that is none', upgrade('//'), 'ended'],
    ['to nowhere', upgrade('/elsewhere'), 'ended'],
    [
      'that claims to be hot reload, reset before anybody answers',
      upgrade('/', 'Sec-WebSocket-Protocol: vite-hmr\r\n'),
      'reset',
    ],
    ['for the feed, reset before anybody answers', upgrade('/socket.io/?EIO=4&transport=websocket'), 'reset'],
  ])('%s does not crash the server', async (_, request, end) => {
    if (end === 'ended') await raw(request);
    else await raw(request, null);
    expect((await ctx.users.lead.fetch('/api/openapi.json')).status).toBe(200);
  });
});

test('the decoder does not read past a frame, and there is only one copy of Yjs', () => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  const versionsOf = (name: string) =>
    Object.entries(lock.packages).flatMap(([path, { version }]) =>
      path.endsWith(`node_modules/${name}`) ? version : [],
    );
  expect(versionsOf('yjs')).toHaveLength(1);
  const decoders = versionsOf('lib0');
  expect(decoders.length).toBeGreaterThan(0);
  for (const version of decoders) {
    const [major, minor, patch] = version.split('.').map(Number) as [number, number, number];
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(2_119);
  }
});

function upgrade(path: string, more = ''): string {
  const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n';
  return `GET ${path} HTTP/1.1\r\nHost: board\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${key}${more}\r\n`;
}

/** Writes to a new connection until the server ends it; null: the connection is reset after a moment. */
async function raw(request: string, then: Buffer | null = Buffer.alloc(0)): Promise<void> {
  const { port, hostname } = new URL(ctx.server.url);
  const socket = connectTo(Number(port), hostname);
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('error', () => undefined);
  socket.resume();
  socket.write(request);
  await new Promise((resolve) => setTimeout(resolve, 100));
  if (then === null) socket.resetAndDestroy();
  else socket.write(then);
  await closed;
}
