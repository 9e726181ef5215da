import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { notifications } from '#server/db/schema.ts';
import { documentsOf } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { newComment } from '#test/support/hostile-updates.ts';
import { say, type } from '#test/support/reader.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const { open, stored } = documentsOf(ctx);

const told = (record: string) =>
  ctx.server.db
    .select()
    .from(notifications)
    .where(and(eq(notifications.recordId, record), eq(notifications.kind, 'comment.mentioned')));
const at = ({ id }: { id: string }) => `@[${id}]`;

async function writing() {
  const { id } = await newRecord(ctx.users);
  const writer = await open(id, ctx.users.dataOwner);
  return { id, writer, author: ctx.users.dataOwner };
}

describe('a mentioned person', () => {
  test('is notified by whom and where, in the thread’s first comment and in a reply', async () => {
    const { reviewer, lead } = ctx.users;
    const { id, writer, author } = await writing();
    say(writer, author, `${at(reviewer)}, is this so?`);
    await waitFor(() => writer.saved());
    const [thread] = [...writer.doc.getMap<Y.Map<unknown>>('threads').keys()];
    expect(await told(id)).toMatchObject([
      { personId: reviewer.id, scopeId: ctx.users.scope, readAt: null, params: { by: author.name, thread } },
    ]);
    const comments = writer.doc.getMap<Y.Map<unknown>>('threads').get(thread!)!.get('comments') as Y.Array<unknown>;
    comments.push([newComment(crypto.randomUUID(), author.id, new Date().toISOString(), `And ${at(lead)}?`)]);
    await waitFor(() => writer.saved());
    expect((await told(id)).map(({ personId }) => personId).sort()).toEqual([reviewer.id, lead.id].sort());
  });

  test('is notified once per comment, however often it mentions them and is edited', async () => {
    const { reviewer } = ctx.users;
    const { id, writer, author } = await writing();
    const body = say(writer, author, `${at(reviewer)} and ${at(reviewer)}`);
    await waitFor(() => writer.saved());
    type(body, ` and ${at(reviewer)}`);
    await waitFor(() => writer.saved());
    expect(await told(id)).toHaveLength(1);
    say(writer, author, `${at(reviewer)} again`);
    await waitFor(() => writer.saved());
    expect(await told(id)).toHaveLength(2);
  });

  test('is notified when an edit first mentions them', async () => {
    const { reviewer } = ctx.users;
    const { id, writer, author } = await writing();
    const body = say(writer, author, 'Who knows?');
    await waitFor(() => writer.saved());
    expect(await told(id)).toEqual([]);
    type(body, ` ${at(reviewer)}?`);
    await waitFor(() => writer.saved());
    expect(await told(id)).toHaveLength(1);
  });

  test('is not notified if they wrote it, are not in the scope, or do not exist', async () => {
    const { admin, elsewhere, lead } = ctx.users;
    const { id, writer, author } = await writing();
    const nobody = { id: '0199aaaa-0000-7000-8000-000000000000' };
    say(writer, author, [author, admin, elsewhere.admin, nobody, lead].map(at).join(' '));
    await waitFor(() => writer.saved());
    expect((await told(id)).map(({ personId }) => personId)).toEqual([lead.id]);
  });

  test('is notified in the commit that stores the comment, or not at all', async () => {
    const { db } = ctx.server;
    const { id, writer, author } = await writing();
    await db.execute(sql`alter table notifications rename to notifications_away`);
    try {
      say(writer, author, `${at(ctx.users.reviewer)}, look.`);
      await waitFor(() => !writer.provider.synced);
      expect((await stored(id)).getMap('threads').size).toBe(0);
    } finally {
      await db.execute(sql`alter table notifications_away rename to notifications`);
    }
    await waitFor(() => writer.saved());
    expect(await told(id)).toHaveLength(1);
  });
});
