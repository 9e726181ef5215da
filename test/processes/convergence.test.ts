import { afterEach, describe, test } from 'vitest';
import { closePages, converge, live, long, openPages, runs, type Page } from '#test/support/convergence.ts';
import { newRecord } from '#test/support/records.ts';
import { canSpawnRedis, findRedis, spawnRedis, type OwnRedis } from '#test/support/redis.ts';
import { startTestServer } from '#test/support/server.ts';
import { standOnTwo, type TwoProcesses } from '#test/support/two-processes.ts';

const pages: Page[] = [];
afterEach(() => closePages(pages.splice(0)));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function run(ground: TwoProcesses, { seed, size, milliseconds }: (typeof runs)[number], trouble?: () => unknown) {
  const { id } = await newRecord(ground.cast);
  const urls = () => [ground.server.url, ground.other.url];
  pages.push(...openPages(ground, id, urls(), size, seed));
  await Promise.all([live(pages, { urls, milliseconds, seed }), trouble?.()]);
  await converge(ground, id, pages, urls());
}

describe('over two processes', () => {
  const ground = standOnTwo();

  test.each(runs)(
    '$size people who write, lose their line and come back to the other end with one document (seed $seed)',
    { timeout: 120_000 },
    (one) => run(ground, one),
  );

  test.runIf(long).each(runs)(
    '$size people whose server ends while they write end with one document (seed $seed)',
    { timeout: 120_000 },
    (one) =>
      run(ground, one, async () => {
        await pause(one.milliseconds / 2);
        await ground.other.close();
        ground.other = await startTestServer({ redisUrl: await findRedis(), beside: ground.server });
      }),
  );
});

describe.skipIf(!canSpawnRedis)('over two processes whose Redis dies and comes back', () => {
  let redis: Promise<OwnRedis> | undefined;
  const own = () => (redis ??= spawnRedis());
  const ground = standOnTwo(async () => (await own()).url);

  test.each(runs.slice(-1))('$size people end with one document (seed $seed)', { timeout: 120_000 }, (one) =>
    run(ground, one, async () => {
      const { kill, start } = await own();
      await pause(one.milliseconds / 3);
      await kill();
      await pause(one.milliseconds / 3);
      await start();
    }),
  );
});
