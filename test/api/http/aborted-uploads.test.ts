import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi, type MockInstance } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
let log: MockInstance;
beforeEach(() => void (log = vi.spyOn(console, 'error').mockImplementation(() => undefined)));
afterEach(() => log.mockRestore());

/** Sends the beginning of a body and disconnects. */
async function sendHalf(path: string, cookie: string, headers: Record<string, string>, half: string): Promise<void> {
  const sent = request(`${ctx.server.url}${path}`, {
    method: 'POST',
    headers: { cookie, origin: ctx.server.url, 'operation-id': randomUUID(), ...headers },
  });
  sent.on('error', () => undefined);
  sent.write(half);
  await setTimeout(200);
  sent.destroy();
  await setTimeout(200);
}

const csv = 'VFN,Man,Tan\nIP-7,WORKS,e1*2007/46*1234*01\n';
const json = '{"from":"intake","to":';
const asJson = { 'content-type': 'application/json' };
const told = { 'content-length': '100000' };

test.each([
  ['a file to import', 'imports', told, csv],
  ['a file to import of unknown length', 'imports', {}, csv],
  ['a command', 'move', { ...asJson, ...told }, json],
  ['a command of unknown length', 'move', asJson, json],
  ['a sign-in', 'sign-in', { ...asJson, ...told }, '{"email":"lead@'],
  ['a sign-in of unknown length', 'sign-in', asJson, '{"email":"lead@'],
] as const)('%s is no error when its sender disconnects during the upload', async (_, what, headers, half) => {
  const { users } = ctx;
  const { id } = await newRecord(users);
  const path = {
    imports: `/api/scopes/${users.scope}/imports?file=list.csv`,
    move: `/api/records/${id}/move`,
    'sign-in': '/api/auth/sign-in/email',
  }[what];
  await sendHalf(path, users.lead.cookie, headers, half);
  expect(log.mock.calls).toEqual([]);
});

test('an aborted file upload frees its slot', async () => {
  const { users } = ctx;
  const path = `/api/scopes/${users.scope}/imports?file=list.csv`;
  for (let n = 0; n < 8; n++) await sendHalf(path, users.dataOwner.cookie, told, csv);
  await waitFor(async () => {
    const answer = await users.dataOwner.fetch(path, {
      method: 'POST',
      headers: { 'operation-id': randomUUID() },
      body: csv,
    });
    return answer.status === 200;
  });
});
