import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { eq } from 'drizzle-orm';
import { closeCodes } from '#shared/contract/document.ts';
import { sessions } from '#server/db/schema.ts';
import { RecordDocument } from '#lib/documents/record-document.svelte.ts';
import { forgetDrafts } from '#lib/draft-storage.ts';
import { stubBrowser, type TestBrowser } from '#test/support/browser.ts';
import type { Client } from '#test/support/client.ts';
import { documentsOf } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const { stored } = documentsOf(ctx);
const tabs: RecordDocument[] = [];
let browser: TestBrowser;

beforeAll(() => {
  browser = stubBrowser(ctx.server.url, { disk: true });
  const { fetch } = globalThis;
  // A page sends requests to its own server, as the signed-in person.
  vi.stubGlobal('fetch', (address: string | URL, init: RequestInit) =>
    String(address).startsWith('/')
      ? fetch(ctx.server.url + address, { ...init, headers: { ...init.headers, cookie: browser.cookie } })
      : fetch(address, init),
  );
});
beforeEach(() => vi.stubGlobal('indexedDB', undefined));
afterEach(() => tabs.splice(0).forEach((tab) => tab.close()));
afterAll(() => vi.unstubAllGlobals());

/** Another tab of the same browser. */
function openTab(client: Client, record: string): RecordDocument {
  browser.cookie = client.cookie;
  const tab = new RecordDocument({
    record,
    scope: ctx.users.scope,
    reference: 'PT-1',
    person: { id: client.id, name: client.name },
    readOnly: false,
  });
  tabs.push(tab);
  return tab;
}

const isSaved = (tab: RecordDocument) => waitFor(() => tab.status === 'saved' && tab.waiting === 0);
const said = (tab: RecordDocument) => tab.threads.flatMap(({ comments }) => comments.map(({ text }) => text));
const network = (event: 'offline' | 'online') => window.dispatchEvent(new Event(event));

async function tabWithThread() {
  const { id } = await newRecord(ctx.users);
  const tab = openTab(ctx.users.dataOwner, id);
  await isSaved(tab);
  tab.startThread('record', 'Question');
  await isSaved(tab);
  return { id, tab, thread: tab.threads[0]!.id };
}

describe('two tabs of a browser without IndexedDB', () => {
  test('do not send pending changes of an open tab twice (fault no. 28)', async () => {
    const { id, tab, thread } = await tabWithThread();
    network('offline');
    tab.reply(thread, 'Answer');
    const other = openTab(ctx.users.dataOwner, id);
    await isSaved(other);
    expect([said(other), other.waiting]).toEqual([['Question'], 0]);
    network('online');
    await isSaved(tab);
    await waitFor(() => said(other).length === 2);
    expect(said(other)).toEqual(['Question', 'Answer']);
    expect([said(tab), tab.refused]).toEqual([['Question', 'Answer'], []]);
    expect(JSON.stringify((await stored(id)).getMap('threads')).match(/"Answer"/g)).toHaveLength(1);
  });

  test('send pending changes of a closed tab (fault no. 28)', async () => {
    const { id, tab, thread } = await tabWithThread();
    network('offline');
    await waitFor(() => tab.status === 'offline');
    tab.reply(thread, 'Answer');
    tab.close();
    const other = openTab(ctx.users.dataOwner, id);
    await isSaved(other);
    expect(said(other)).toEqual(['Question', 'Answer']);
    expect(JSON.stringify((await stored(id)).getMap('threads')).match(/"Answer"/g)).toHaveLength(1);
  });
});

test('a network reported offline twice reconnects when it is back (fault no. 29)', async () => {
  const { tab, thread } = await tabWithThread();
  network('offline');
  network('offline');
  await waitFor(() => tab.status === 'offline');
  tab.reply(thread, 'Answer');
  network('online');
  await isSaved(tab);
});

test('a draft survives closing the record, and is removed with its author (fault no. 6)', async () => {
  const { id, tab, thread } = await tabWithThread();
  tab.drafts.set('record', 'Half a sent');
  tab.drafts.set(`reply:${thread}`, 'Half an ans');
  tab.drafts.set(`reply:${thread}`, ' ');
  tab.close();
  const again = openTab(ctx.users.dataOwner, id);
  expect([again.drafts.get('record'), again.drafts.get(`reply:${thread}`)]).toEqual(['Half a sent', undefined]);
  expect(openTab(ctx.users.reviewer, id).drafts.get('record')).toBeUndefined();
  forgetDrafts();
  expect(openTab(ctx.users.dataOwner, id).drafts.get('record')).toBeUndefined();
});

test('an expired session resumes after the same person signs in again, in any tab (fault no. 7)', async () => {
  const { id, tab, thread } = await tabWithThread();
  const { reviewer, dataOwner } = ctx.users;
  const { db } = ctx.server;
  const rows = await db.select().from(sessions).where(eq(sessions.userId, dataOwner.id));
  network('offline');
  tab.reply(thread, 'Answer');
  await db.delete(sessions).where(eq(sessions.userId, dataOwner.id));
  network('online');
  await waitFor(() => tab.status === 'refused');
  expect([tab.why, tab.waiting]).toEqual([closeCodes.signedOut, 1]);
  browser.cookie = reviewer.cookie;
  window.dispatchEvent(new Event('focus'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(tab.status).toBe('refused');
  await db.insert(sessions).values(rows);
  browser.cookie = dataOwner.cookie;
  window.dispatchEvent(new Event('focus'));
  await isSaved(tab);
  expect(JSON.stringify((await stored(id)).getMap('threads'))).toContain('Answer');
});
