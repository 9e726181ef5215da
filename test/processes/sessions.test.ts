import { eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { closeCodes } from '#shared/contract/document.ts';
import { sessions } from '#server/db/schema.ts';
import { signedIn } from '#test/support/client.ts';
import { documentsOf } from '#test/support/documents.ts';
import { newRecord } from '#test/support/records.ts';
import { say } from '#test/support/reader.ts';
import { sessionRow, signOut } from '#test/support/sessions.ts';
import { standOnTwo } from '#test/support/two-processes.ts';
import { connectError, watching, type Watcher } from '#test/support/watching.ts';

const ground = standOnTwo();
const { open, stored } = documentsOf(ground);
const watchers: Watcher[] = [];
afterEach(() => watchers.splice(0).forEach(({ socket }) => socket.disconnect()));

/** A second, and what a busy machine adds. */
const inTime = 2_000;

test.each([
  ['sign-out', async (client) => signOut(ground.server, client)],
  [
    'a session deleted in the database',
    async (client) =>
      ground.server.db.delete(sessions).where(eq(sessions.id, (await sessionRow(ground.server, client))!.id)),
  ],
] as [string, (client: Awaited<ReturnType<typeof signedIn>>) => Promise<unknown>][])(
  '%s on one process ends board and document on the other within a second (faults S4, no. 1)',
  async (_, end) => {
    const { server, other, cast } = ground;
    const client = await signedIn(server, cast.reviewer);
    const { id } = await newRecord(cast);
    const board = await watching(other.url, client, cast.scope);
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
