import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { closeCodes } from '#shared/contract/document.ts';
import { sessions } from '#server/db/schema.ts';
import { signedIn } from '#test/support/client.ts';
import { documentsOf } from '#test/support/documents.ts';
import { newRecord } from '#test/support/records.ts';
import { say } from '#test/support/reader.ts';
import { sessionRow, signOut } from '#test/support/sessions.ts';
import { useTwoServers } from '#test/support/two-processes.ts';
import { connectError, watchScope, type Watcher } from '#test/support/watcher.ts';

const ctx = useTwoServers();
const { open, stored } = documentsOf(ctx);
const watchers: Watcher[] = [];
afterEach(() => watchers.splice(0).forEach(({ socket }) => socket.disconnect()));

/** One second, plus a margin for a busy machine. */
const inTime = 2_000;

test.each([
  ['sign-out', async (client) => signOut(ctx.server, client)],
  [
    'a session deleted in the database',
    async (client) => ctx.server.db.delete(sessions).where(eq(sessions.id, (await sessionRow(ctx.server, client))!.id)),
  ],
] as [string, (client: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>][])(
  '%s on one process closes board and document on the other within a second (faults S4, no. 1)',
  async (_, end) => {
    const { server, other, users } = ctx;
    const client = await signedIn(server, users.reviewer);
    const { id } = await newRecord(users);
    const board = await watchScope(other.url, client, users.scope);
    watchers.push(board);
    const reader = await open(id, client, other.url);
    const disconnected = new Promise((resolve) => board.socket.once('disconnect', resolve));
    await end(client);
    const start = performance.now();
    expect(await reader.closed).toBe(closeCodes.signedOut);
    await disconnected;
    expect(performance.now() - start).toBeLessThan(inTime);
    say(reader, client, 'after the end');
    board.socket.connect();
    expect(await connectError(board.socket)).toBe('signed-out');
    expect(JSON.stringify((await stored(id)).getMap('threads').toJSON())).not.toContain('after the end');
  },
);
