import { afterEach, describe, test } from 'vitest';
import { closePages, converge, live, long, openPages, runs, type Page } from '#test/support/convergence.ts';
import { newRecord } from '#test/support/records.ts';
import { canSpawnRedis, findRedis, spawnRedis, type OwnRedis } from '#test/support/redis.ts';
import { startTestServer } from '#test/support/server.ts';
import { useTwoServers, type TwoProcesses } from '#test/support/two-processes.ts';

const pages: Page[] = [];
afterEach(() => closePages(pages.splice(0)));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function run(ctx: TwoProcesses, { seed, size, milliseconds }: (typeof runs)[number], trouble?: () => unknown) {
  const { id } = await newRecord(ctx.users);
  const urls = () => [ctx.server.url, ctx.other.url];
  pages.push(...openPages(ctx, id, urls(), size, seed));
  await Promise.all([live(pages, { urls, milliseconds, seed }), trouble?.()]);
  await converge(ctx, id, pages, urls());
}

describe('over two processes', () => {
  const ctx = useTwoServers();

  test.each(runs)(
    '$size people who write, lose their connection and reconnect to the other process converge on one document (seed $seed)',
    { timeout: 120_000 },
    (one) => run(ctx, one),
  );

  test.runIf(long).each(runs)(
    '$size people whose server stops while they write converge on one document (seed $seed)',
    { timeout: 120_000 },
    (one) =>
      run(ctx, one, async () => {
        await pause(one.milliseconds / 2);
        await ctx.other.close();
        ctx.other = await startTestServer({ redisUrl: await findRedis(), beside: ctx.server });
      }),
  );
});

describe.skipIf(!canSpawnRedis)('over two processes whose Redis crashes and restarts', () => {
  let redis: Promise<OwnRedis> | undefined;
  const own = () => (redis ??= spawnRedis());
  const ctx = useTwoServers(async () => (await own()).url);

  test.each(runs.slice(-1))('$size people converge on one document (seed $seed)', { timeout: 120_000 }, (one) =>
    run(ctx, one, async () => {
      const { kill, start } = await own();
      await pause(one.milliseconds / 3);
      await kill();
      await pause(one.milliseconds / 3);
      await start();
    }),
  );
});
