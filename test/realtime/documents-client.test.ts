import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { sql } from 'drizzle-orm';
import { closeCodes } from '#shared/contract/document.ts';
import { RecordDocument } from '#lib/documents/record-document.svelte.ts';
import { stubBrowser, type TestBrowser } from '#test/support/browser.ts';
import type { Client } from '#test/support/client.ts';
import { documentsOf, tickIn } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const { open, stored } = documentsOf(ctx);
const documents: RecordDocument[] = [];
let browser: TestBrowser;

/** A browser without persistent storage. */
beforeAll(() => {
  browser = stubBrowser(ctx.server.url, { disk: false });
});
afterAll(() => vi.unstubAllGlobals());
afterEach(() => documents.splice(0).forEach((document) => document.close()));

async function openAs(client: Client, record: string): Promise<RecordDocument> {
  browser.cookie = client.cookie;
  const document = new RecordDocument({
    record,
    scope: ctx.users.scope,
    reference: 'PT-1',
    person: { id: client.id, name: client.name },
    readOnly: false,
  });
  documents.push(document);
  await waitFor(() => document.status !== 'connecting');
  return document;
}

const leavesThePage = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
const breakStore = () => ctx.server.db.execute(sql`alter table document_updates rename to document_updates_away`);
const mendStore = () => ctx.server.db.execute(sql`alter table document_updates_away rename to document_updates`);

describe('the document of a page', () => {
  test('reports saved only after the server has stored it', async () => {
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const document = await openAs(dataOwner, id);
    expect(document.status).toBe('saved');
    document.tick('source', true);
    expect([document.status, leavesThePage()]).toEqual(['saving', false]);
    await waitFor(() => document.status === 'saved');
    expect(tickIn(await stored(id), 'source')).toMatchObject({ by: dataOwner.id });
    expect(leavesThePage()).toBe(true);
  });

  test('is offline while the server cannot store, and saved once it can', async () => {
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const document = await openAs(dataOwner, id);
    await breakStore();
    try {
      document.tick('source', true);
      await waitFor(() => document.status === 'offline');
    } finally {
      await mendStore();
    }
    await waitFor(() => document.status === 'saved');
    expect(tickIn(await stored(id), 'source')).toMatchObject({ by: dataOwner.id });
  });

  test('still sends changes made just before it was closed', async () => {
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const document = await openAs(dataOwner, id);
    await breakStore();
    try {
      document.startThread('record', 'The last word.');
      await waitFor(() => document.status === 'offline');
      document.close();
    } finally {
      await mendStore();
    }
    await waitFor(async () => JSON.stringify((await stored(id)).getMap('threads')).includes('The last word.'));
  });

  test('shows threads, replies, edits, removals and who resolved a thread to everybody', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [one, two] = [await openAs(dataOwner, id), await openAs(reviewer, id)];
    one.startThread('entry:0.10', 'Is this the released number?');
    await waitFor(() => two.threads.length === 1);
    const [thread] = two.threads;
    two.reply(thread!.id, 'Yes.');
    two.reply(thread!.id, 'Wrong thread.');
    await waitFor(() => one.threads[0]!.comments.length === 3);
    const [, answer, astray] = one.threads[0]!.comments;
    two.editComment(thread!.id, answer!.id, 'Yes, since last week.');
    two.removeComment(thread!.id, astray!.id);
    two.resolve(thread!.id, true);
    await waitFor(() => one.threads[0]!.resolved);
    expect(one.threads[0]).toMatchObject({
      about: 'entry:0.10',
      resolved: { by: reviewer.id },
      comments: [
        { by: dataOwner.id, text: 'Is this the released number?', editedAt: null, removed: false },
        { by: reviewer.id, text: 'Yes, since last week.', editedAt: expect.any(String), removed: false },
        { by: reviewer.id, removed: true },
      ],
    });
    one.resolve(thread!.id, false);
    await waitFor(() => two.threads[0]!.resolved === null);
  });

  test('shows who is writing, and where', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [one, two] = [await openAs(dataOwner, id), await openAs(reviewer, id)];
    one.writing('entry:0.10');
    await waitFor(() => two.writers.length === 1);
    expect(two.writers).toEqual([{ name: dataOwner.name, about: 'entry:0.10' }]);
    one.close();
    await waitFor(() => two.writers.length === 0);
  });

  test('reloads the stored state after a refusal and keeps the refused text', async () => {
    const { observer, dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const document = await openAs(observer, id);
    document.startThread('record', 'May I?');
    await waitFor(() => document.refused.length === 1);
    await waitFor(() => document.status === 'saved');
    expect([document.why, document.waiting, document.threads]).toEqual([closeCodes.notAllowed, 0, []]);
    expect(document.refused).toMatchObject([{ intent: { kind: 'start', about: 'record', text: 'May I?' } }]);
    document.settle(document.refused[0]!, false);
    expect(document.refused).toEqual([]);
    const witness = await open(id, dataOwner);
    expect(witness.doc.getMap('threads').size).toBe(0);
  });
});
