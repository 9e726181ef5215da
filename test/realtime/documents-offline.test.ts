import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { changeNote, documentNote, documentNotes, forgetDocuments } from '#lib/documents/document-storage.ts';
import { RecordDocument } from '#lib/documents/record-document.svelte.ts';
import { WaitingDocuments } from '#lib/documents/waiting-documents.svelte.ts';
import { stubBrowser, type TestBrowser } from '#test/support/browser.ts';
import type { Client } from '#test/support/client.ts';
import { documentsOf, tickIn } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const { stored } = documentsOf(ctx);
const documents: RecordDocument[] = [];
let browser: TestBrowser;

beforeAll(() => {
  browser = stubBrowser(ctx.server.url, { disk: true });
});
afterAll(() => vi.unstubAllGlobals());
afterEach(() => {
  browser.away(false);
  documents.splice(0).forEach((document) => document.close());
});

function openAs(client: Client, { id, reference }: { id: string; reference: string }): RecordDocument {
  browser.cookie = client.cookie;
  const document = new RecordDocument({
    record: id,
    scope: ctx.users.scope,
    reference,
    person: { id: client.id, name: client.name },
    readOnly: false,
  });
  documents.push(document);
  return document;
}

const isSaved = (document: RecordDocument) => waitFor(() => document.status === 'saved' && document.waiting === 0);
const said = (document: RecordDocument) =>
  document.threads.flatMap(({ comments }) => comments.map(({ text }) => text)).toSorted();
const storedWords = async (record: string) => JSON.stringify((await stored(record)).getMap('threads'));
/** More than the server accepts in one update. */
const tooLong = 'x'.repeat(70_000);

async function openedOnce(client: Client) {
  const record = await newRecord(ctx.users);
  const document = openAs(client, record);
  await isSaved(document);
  return { record, document };
}

describe('offline', () => {
  test('reading, ticking and commenting work, and all of it arrives after reconnecting', async () => {
    const { dataOwner } = ctx.users;
    const { record, document } = await openedOnce(dataOwner);
    browser.away(true);
    await waitFor(() => document.status === 'offline');
    document.startThread('record', 'Written on the train.');
    document.tick('source', true);
    expect([document.waiting, said(document)]).toEqual([2, ['Written on the train.']]);
    expect(await storedWords(record.id)).not.toContain('train');
    browser.away(false);
    await isSaved(document);
    expect(await storedWords(record.id)).toContain('Written on the train.');
    expect(tickIn(await stored(record.id), 'source')).toMatchObject({ by: dataOwner.id });
  });

  test('pending changes survive closing the browser, are shown again, and are sent when the record is opened', async () => {
    const { dataOwner } = ctx.users;
    const { record, document } = await openedOnce(dataOwner);
    browser.away(true);
    await waitFor(() => document.status === 'offline');
    document.startThread('record', 'Before the restart.');
    document.close();
    const again = openAs(dataOwner, record);
    await waitFor(() => again.loaded && again.status === 'offline');
    expect([again.waiting, said(again)]).toEqual([1, ['Before the restart.']]);
    browser.away(false);
    await isSaved(again);
    expect(said(again)).toEqual(['Before the restart.']);
    expect(await storedWords(record.id)).toContain('Before the restart.');
  });

  test('changes missing in the local copy are restored from the pending ones', async () => {
    const { dataOwner } = ctx.users;
    const { record, document } = await openedOnce(dataOwner);
    browser.away(true);
    await waitFor(() => document.status === 'offline');
    document.startThread('record', 'Only in the list.');
    document.close();
    vi.stubGlobal('indexedDB', new (indexedDB.constructor as new () => IDBFactory)());
    browser.away(false);
    const again = openAs(dataOwner, record);
    await isSaved(again);
    expect(await storedWords(record.id)).toContain('Only in the list.');
  });

  test('pending changes of records that are not opened are sent too', async () => {
    const { dataOwner } = ctx.users;
    const { record, document } = await openedOnce(dataOwner);
    browser.away(true);
    await waitFor(() => document.status === 'offline');
    document.startThread('record', 'Nobody looks.');
    document.close();
    browser.away(false);
    vi.stubGlobal('navigator', { onLine: true });
    const waiting = new WaitingDocuments(dataOwner);
    expect(waiting.records).toMatchObject([{ record: record.id, reference: record.reference, waiting: 1 }]);
    const stop = waiting.start();
    await waitFor(() => waiting.records.length === 0);
    stop();
    expect(await storedWords(record.id)).toContain('Nobody looks.');
  });
});

describe('after reconnecting', () => {
  test('permitted changes merge, and refused ones are listed', async () => {
    const { dataOwner } = ctx.users;
    const { record, document } = await openedOnce(dataOwner);
    browser.away(true);
    await waitFor(() => document.status === 'offline');
    document.startThread('record', 'First.');
    document.startThread('record', tooLong);
    const tooLongThread = document.threads.find(({ comments }) => comments[0]!.text === tooLong)!;
    document.reply(tooLongThread.id, 'To what was too long.');
    document.startThread('record', 'Last.');
    browser.away(false);
    await waitFor(() => document.refused.length === 2);
    await isSaved(document);
    expect(said(document)).toEqual(['First.', 'Last.']);
    expect(document.refused.map(({ intent }) => 'text' in intent && intent.text)).toEqual([
      tooLong,
      'To what was too long.',
    ]);
    const words = await storedWords(record.id);
    expect([words.includes('First.'), words.includes('Last.'), words.includes('too long')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('a reloaded page does not resend refused changes, and still has their text', async () => {
    const { dataOwner } = ctx.users;
    const { record, document } = await openedOnce(dataOwner);
    document.startThread('record', tooLong);
    await waitFor(() => document.refused.length === 1);
    await isSaved(document);
    document.close();
    const again = openAs(dataOwner, record);
    await isSaved(again);
    expect([again.refused.length, again.waiting, again.threads]).toEqual([1, 0, []]);
    again.settle(again.refused[0]!, false);
    expect(documentNote(dataOwner.id, record.id)).toMatchObject({ refused: [], waiting: [], givenUp: false });
    again.startThread('record', 'Shorter.');
    await isSaved(again);
    expect(said(again)).toEqual(['Shorter.']);
  });

  test('a discarded local copy is emptied before any of it is sent, even if the page died in between', async () => {
    const { dataOwner } = ctx.users;
    const { record, document } = await openedOnce(dataOwner);
    browser.away(true);
    await waitFor(() => document.status === 'offline');
    document.startThread('record', 'Refused before the crash.');
    document.close();
    changeNote(dataOwner.id, record.id, (note) => ({ ...note!, waiting: [], givenUp: true }));
    browser.away(false);
    const again = openAs(dataOwner, record);
    await isSaved(again);
    expect(again.threads).toEqual([]);
    expect(await storedWords(record.id)).not.toContain('Refused before the crash.');
  });
});

test('sign-out removes the person’s data from the browser, and nobody else’s', async () => {
  const { dataOwner, reviewer } = ctx.users;
  await forgetDocuments();
  const record = await newRecord(ctx.users);
  for (const client of [dataOwner, reviewer]) {
    const document = openAs(client, record);
    await isSaved(document);
    document.close();
  }
  const names = async () => (await indexedDB.databases()).map(({ name }) => name);
  expect(await names()).toHaveLength(2);
  await forgetDocuments(reviewer.id);
  expect(await names()).toEqual([expect.stringContaining(reviewer.id)]);
  expect([documentNotes(dataOwner.id).length, documentNotes(reviewer.id).length]).toEqual([0, 1]);
  await forgetDocuments();
  expect(await names()).toEqual([]);
});
