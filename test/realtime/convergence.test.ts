import { afterEach, expect, test } from 'vitest';
import { content } from '#test/support/documents.ts';
import { actAtRandom, closePages, converge, live, openPages, runs, type Page } from '#test/support/convergence.ts';
import { useTestServer } from '#test/support/context.ts';
import { seeded } from '#test/support/seeded.ts';
import { newRecord } from '#test/support/records.ts';
import { say } from '#test/support/reader.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const pages: Page[] = [];
afterEach(() => closePages(pages.splice(0)));

test.each(runs)(
  '$size people who write, lose their connection and reconnect converge on one document (seed $seed)',
  { timeout: 120_000 },
  async ({ seed, size, milliseconds }) => {
    const { id } = await newRecord(ctx.users);
    const urls = [ctx.server.url];
    pages.push(...openPages(ctx, id, urls, size, seed));
    await live(pages, { urls: () => urls, milliseconds, seed });
    await converge(ctx, id, pages, urls);
  },
);

test('writing during the reconnect, after writing offline, is not refused', async () => {
  const { id } = await newRecord(ctx.users);
  const [page] = openPages(ctx, id, [ctx.server.url], 1, 4) as [Page];
  pages.push(page);
  const { doc, provider, person } = page;
  await waitFor(() => provider.synced);
  provider.disconnect();
  const write = (words: string) => void say({ doc }, person, words);
  write('On the train.');
  // Before any answer: the server receives this update before the ones it depends on.
  provider.on('status', ({ status }) => status === 'connected' && write('Back again.'));
  provider.connect();
  await waitFor(() => doc.getMap('threads').size === 2);
  await converge(ctx, id, pages, [ctx.server.url]);
});

test('twenty people who wrote offline for an hour converge on one document', { timeout: 60_000 }, async () => {
  const { id } = await newRecord(ctx.users);
  const urls = [ctx.server.url];
  pages.push(...openPages(ctx, id, urls, 20, 3));
  await waitFor(() => pages.every(({ provider }) => provider.synced));
  for (const { provider } of pages) provider.disconnect();
  const hour = 3_600_000;
  const [acts, began] = [30, Date.now() - hour];
  for (const [index, page] of pages.entries()) {
    const random = seeded(300 + index).below;
    for (let act = 0; act < acts; act++) {
      actAtRandom(page, random, new Date(began + (act * hour) / acts + random(60_000)).toISOString());
    }
  }
  expect(new Set(pages.map(({ doc }) => JSON.stringify(content(doc)))).size).toBe(20);
  await converge(ctx, id, pages, urls);
});
