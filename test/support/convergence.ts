import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import * as decoding from 'lib0/decoding';
import { expect } from 'vitest';
import type { Duty } from '#shared/contract/duty.ts';
import { acknowledgeMessage } from '#shared/contract/document.ts';
import { defaultModel } from '#shared/domain/operating-model.ts';
import { projectDocument } from '#shared/domain/record-document.ts';
import { editComment, readThreads, removeComment, reply, resolve, startThread, tick } from '#lib/documents/threads.ts';
import { readDocument } from '#server/db/documents.ts';
import { records } from '#server/db/schema.ts';
import type { Client } from './client.ts';
import { delayedSocket } from './delayed-socket.ts';
import { content } from './documents.ts';
import type { TestContext } from './context.ts';
import { seeded } from './seeded.ts';

/** One page of a person on a document, with its own connection. */
export interface Page {
  person: Client;
  duty: Duty;
  doc: Y.Doc;
  provider: WebsocketProvider;
  /** The final close code and reason from the server. */
  refused: string[];
  saved(): boolean;
}

const writers = ['lead', 'dataOwner', 'reviewer', 'outputPreparer', 'signatory'] as const satisfies readonly Duty[];
const slowest = 40;

/** Pages of people of all duties on one record, spread over the servers at these addresses. */
export function openPages(
  { users }: TestContext,
  record: string,
  urls: readonly string[],
  size: number,
  seed: number,
): Page[] {
  const random = seeded(seed).below;
  // Each provider adds a listener for the end of the process.
  process.setMaxListeners(0);
  return Array.from({ length: size }, (_, index): Page => {
    const duty = writers[index % writers.length]!;
    const person = users[duty];
    const doc = new Y.Doc();
    let committed = new Map<number, number>();
    const provider = new WebsocketProvider(addressOf(urls[index % urls.length]!), record, doc, {
      WebSocketPolyfill: delayedSocket(person.cookie, () => random(slowest)) as never,
      params: { acknowledge: '1' },
      disableBc: true,
      maxBackoffTime: 300,
    });
    provider.messageHandlers[acknowledgeMessage] = (_, decoder) => {
      committed = Y.decodeStateVector(decoding.readVarUint8Array(decoder));
    };
    const refused: string[] = [];
    provider.on('closed', (event) => {
      const { code, reason } = event as { code: number; reason: string };
      refused.push(`${duty}: ${code} ${reason}`);
    });
    const saved = () => (committed.get(doc.clientID) ?? 0) >= Y.getState(doc.store, doc.clientID);
    return { person, duty, doc, provider, refused, saved };
  });
}

const addressOf = (url: string) => `${url.replace('http', 'ws')}/documents`;

/** Reconnects the page to another server. */
export function roam(page: Page, url: string): void {
  page.provider.serverUrl = addressOf(url);
}

/** A random action of an honest person; `at`: its timestamp. */
export function actAtRandom(
  { doc, duty, person }: Pick<Page, 'doc' | 'duty' | 'person'>,
  random: (below: number) => number,
  at: string = new Date().toISOString(),
): void {
  const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
  const words = `${duty} ${random(1_000)}`;
  const thread = pick(readThreads(doc));
  const mine = pick(thread?.comments.filter(({ by, removed }) => by === person.id && !removed) ?? []);
  const comment = (text: string) => ({ id: crypto.randomUUID(), by: person.id, at, text });
  const act = random(10);
  if (act < 4) {
    const item = pick(defaultModel.checklist.filter((one) => duty === 'lead' || one.duty === duty));
    if (item) tick(doc, item.id, random(3) === 0 ? null : { by: person.id, at });
  } else if (!thread || act === 4) startThread(doc, crypto.randomUUID(), 'record', comment(words));
  else if (act < 7) reply(doc, thread.id, comment(words));
  else if (act === 7 && mine) editComment(doc, thread.id, mine.id, at, `${mine.text} ${words}`);
  else if (act === 8 && mine) removeComment(doc, thread.id, mine.id, at);
  else resolve(doc, thread.id, random(2) === 0 ? null : { by: person.id, at });
}

export const long = Boolean(process.env['LONG']);

/** Runs of this many people each: a few short ones, or many long ones with LONG=1. */
export const runs = long
  ? Array.from({ length: 20 }, (_, index) => ({ seed: index + 1, size: 3 + ((index * 7) % 18), milliseconds: 10_000 }))
  : [
      { seed: 1, size: 3, milliseconds: 1_500 },
      { seed: 2, size: 12, milliseconds: 1_500 },
    ];

/**
 * Everybody writes at random for this long; connections break, pages go offline and reconnect, perhaps to another
 * server.
 */
export async function live(
  pages: readonly Page[],
  { urls, milliseconds, seed }: { urls: () => readonly string[]; milliseconds: number; seed: number },
): Promise<void> {
  const until = performance.now() + milliseconds;
  const pause = (atMost: number) => new Promise((then) => setTimeout(then, atMost));
  await Promise.all(
    pages.map(async (page, index) => {
      const random = seeded(seed * 1_000 + index).below;
      while (performance.now() < until) {
        const { provider } = page;
        const luck = random(40);
        if (luck === 0) (provider.ws as unknown as { terminate?(): void } | null)?.terminate?.();
        else if (luck === 1) provider.disconnect();
        else if (luck < 5 && !provider.shouldConnect) {
          roam(page, urls()[random(urls().length)]!);
          provider.connect();
        } else if (page.doc.getMap('checklist').size > 0) actAtRandom(page, random);
        await pause(20 + random(100));
      }
    }),
  );
}

/**
 * Reconnects everybody and waits until all is stored; then each page, a new page on each server, the rows and the
 * gates' projection must be equal.
 */
export async function converge(
  ctx: TestContext,
  record: string,
  pages: Page[],
  urls: readonly string[],
): Promise<void> {
  for (const [index, page] of pages.entries()) {
    if (!urls.map(addressOf).includes(page.provider.serverUrl)) roam(page, urls[index % urls.length]!);
    page.provider.connect();
  }
  const quiet = () => pages.every(({ provider, saved }) => provider.synced && saved());
  const [first] = pages as [Page];
  const same = () => pages.every(({ doc }) => isDeepStrictEqual(content(doc), content(first.doc)));
  const end = Date.now() + 20_000;
  while (!(quiet() && same()) && Date.now() < end && pages.every(({ refused }) => refused.length === 0)) {
    await new Promise((then) => setTimeout(then, 50));
  }
  expect(pages.flatMap(({ refused }) => refused)).toEqual([]);
  expect(pages.filter(({ provider, saved }) => !provider.synced || !saved()).map(({ duty }) => duty)).toEqual([]);

  const fresh = openPages(ctx, record, urls, urls.length, 1);
  pages.push(...fresh);
  while (!fresh.every(({ provider }) => provider.synced)) await new Promise((then) => setTimeout(then, 20));
  const stored = new Y.Doc();
  Y.applyUpdate(stored, (await readDocument(ctx.server.db, record))!.state);
  const vector = Y.decodeStateVector(Y.encodeStateVector(stored));
  for (const { doc } of pages) {
    expect(content(doc)).toEqual(content(stored));
    expect(Y.decodeStateVector(Y.encodeStateVector(doc))).toEqual(vector);
    expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
  }
  expect([stored.store.pendingStructs, stored.store.pendingDs]).toEqual([null, null]);
  const [row] = await ctx.server.db
    .select({
      checklist: records.checklist,
      comments: records.comments,
      unresolvedThreads: records.unresolvedThreads,
    })
    .from(records)
    .where(eq(records.id, record));
  expect(projectDocument(stored)).toEqual(row);
}

export function closePages(pages: readonly Page[]): void {
  for (const { provider, doc } of pages) {
    provider.destroy();
    doc.destroy();
  }
}
