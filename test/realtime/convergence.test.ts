import { afterEach, expect, test } from 'vitest';
import { content } from '#test/support/documents.ts';
import { actAtRandom, closePages, converge, live, openPages, type Page } from '#test/support/convergence.ts';
import { standOn } from '#test/support/ground.ts';
import { randomOf } from '#test/support/random-days.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const long = Boolean(process.env['LONG']);
const ground = standOn();
const pages: Page[] = [];
afterEach(() => closePages(pages.splice(0)));

const cases = long
  ? Array.from({ length: 20 }, (_, index) => ({ seed: index + 1, size: 3 + ((index * 7) % 18), milliseconds: 10_000 }))
  : [
      { seed: 1, size: 3, milliseconds: 1_500 },
      { seed: 2, size: 12, milliseconds: 2_000 },
    ];

test.each(cases)(
  '$size people who write, lose their line and come back end with one document (seed $seed)',
  { timeout: 120_000 },
  async ({ seed, size, milliseconds }) => {
    const { id } = await newRecord(ground.cast);
    const urls = [ground.server.url];
    pages.push(...openPages(ground, id, urls, size, seed));
    await live(pages, { urls: () => urls, milliseconds, seed });
    await converge(ground, id, pages, urls);
  },
);

test('twenty people who wrote offline for an hour end with one document', { timeout: 60_000 }, async () => {
  const { id } = await newRecord(ground.cast);
  const urls = [ground.server.url];
  pages.push(...openPages(ground, id, urls, 20, 3));
  await waitFor(() => pages.every(({ provider }) => provider.synced));
  for (const { provider } of pages) provider.disconnect();
  const hour = 3_600_000;
  const [acts, began] = [30, Date.now() - hour];
  for (const [index, page] of pages.entries()) {
    const random = randomOf(300 + index);
    for (let act = 0; act < acts; act++) {
      actAtRandom(page, random, new Date(began + (act * hour) / acts + random(60_000)).toISOString());
    }
  }
  expect(new Set(pages.map(({ doc }) => JSON.stringify(content(doc)))).size).toBe(20);
  await converge(ground, id, pages, urls);
});
