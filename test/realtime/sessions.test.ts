import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { closeCodes } from '#shared/contract/document.ts';
import { sessions } from '#server/db/schema.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { password } from '#test/support/seed-organisation.ts';
import { documentsOf } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { say } from '#test/support/reader.ts';
import { sessionRow, signOut } from '#test/support/sessions.ts';
import { waitFor } from '#test/support/wait.ts';
import { connectError, watchScope, type Watcher } from '#test/support/watcher.ts';

const ctx = useTestServer();
const { connect, open, stored } = documentsOf(ctx);
const watchers: Watcher[] = [];
afterEach(() => watchers.splice(0).forEach(({ socket }) => socket.disconnect()));

/** A page of the reviewer: its board and a record of it. */
async function page() {
  const { server, users } = ctx;
  const client = await signedIn(server, users.reviewer);
  const { id } = await newRecord(users);
  const board = await watchScope(server.url, client, users.scope);
  watchers.push(board);
  return { client, record: id, board, reader: await open(id, client) };
}

/** One second, plus a margin for a busy machine. */
const inTime = 2_000;
const timeOf = async (then: Promise<unknown>) => {
  const start = performance.now();
  await then;
  return performance.now() - start;
};
const words = (record: string) => stored(record).then((doc) => JSON.stringify(doc.getMap('threads').toJSON()));

const endings: Record<string, (client: Client) => Promise<unknown>> = {
  'sign-out': (client) => signOut(ctx.server, client),
  'a session that expires': async (client) =>
    ctx.server.db
      .update(sessions)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(sessions.id, (await sessionRow(ctx.server, client))!.id)),
  'a session that is deleted, as a password reset does': async (client) =>
    ctx.server.db.delete(sessions).where(eq(sessions.id, (await sessionRow(ctx.server, client))!.id)),
};

describe('the end of a session', () => {
  test.each(Object.entries(endings))(
    '%s closes board and document within a second, and nothing sent after it is stored (faults S4, no. 1)',
    async (_, ending) => {
      const { client, record, board, reader } = await page();
      const disconnected = new Promise<string>((resolve) => board.socket.once('disconnect', resolve));
      await ending(client);
      expect(await timeOf(Promise.all([disconnected, reader.closed]))).toBeLessThan(inTime);
      expect(await reader.closed).toBe(closeCodes.signedOut);
      say(reader, client, 'after the end');
      await newRecord(ctx.users);
      board.socket.connect();
      expect(await connectError(board.socket)).toBe('signed-out');
      expect(await words(record)).not.toContain('after the end');
      expect(board.events).toEqual([]);
    },
  );

  test('closes no socket of another session of the same person (fault S4)', async () => {
    const { client, reader } = await page();
    const other = await signedIn(ctx.server, ctx.users.reviewer);
    await signOut(ctx.server, other);
    await new Promise((resolve) => setTimeout(resolve, inTime));
    say(reader, client, 'still here');
    await waitFor(() => reader.saved());
  });

  test('a frame that arrives after an answered sign-out is not stored (fault S4)', async () => {
    const { client, record, reader } = await page();
    await signOut(ctx.server, client);
    say(reader, client, 'too late');
    await reader.closed;
    expect(await words(record)).not.toContain('too late');
  });

  test('signing in again in the same browser ends its previous session (fault no. 2)', async () => {
    const { client, board, reader } = await page();
    const disconnected = new Promise<string>((resolve) => board.socket.once('disconnect', resolve));
    const answer = await client.fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ctx.server.url },
      body: JSON.stringify({ email: 'lead@works.example', password }),
    });
    expect(answer.status).toBe(200);
    await Promise.all([disconnected, reader.closed]);
    expect(await sessionRow(ctx.server, client)).toBeUndefined();
  });
});

describe('a page of another person than the cookie’s', () => {
  test('gets no board (fault no. 2)', async () => {
    const { server, users } = ctx;
    const socket = (await watchScope(server.url, users.lead, users.scope)).socket.disconnect();
    socket.auth = { person: users.reviewer.id };
    socket.connect();
    expect(await connectError(socket)).toBe('other-person');
    socket.auth = { person: users.lead.id };
    socket.connect();
    await waitFor(() => socket.connected);
    socket.disconnect();
  });

  test('gets no document (fault no. 2)', async () => {
    const { lead, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    expect(await connect(id, lead, undefined, reviewer.id).closed).toBe(closeCodes.otherPerson);
    const own = connect(id, lead, undefined, lead.id);
    await waitFor(() => own.provider.synced);
  });
});
