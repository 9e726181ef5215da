import { makeCluster, serverPrograms } from '#test/support/cluster.ts';
import { seeded } from '#test/support/seeded.ts';

/** A PostgreSQL server that is stopped and started at random moments. */
export interface RestartingDatabase {
  url: string;
  /** Begins to restart it. */
  begin(): void;
  stop(): Promise<void>;
}

/** Between two restarts, in milliseconds: a least, and how much more it may be. */
const [least, more] = [4_000, 8_000];

/** With `E2E_RESTARTS=<seed>`; null without. */
export async function restartingDatabase(): Promise<RestartingDatabase | null> {
  const seed = Number(process.env['E2E_RESTARTS']);
  if (!seed) return null;
  const programs = serverPrograms();
  if (!programs) throw new Error('E2E_RESTARTS needs the server programs of PostgreSQL on this machine.');
  const cluster = await makeCluster(programs);
  await cluster.start();
  const random = seeded(seed);
  let restarting: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(() => void (restarting = restart()), least + random.below(more));
  };
  async function restart(): Promise<void> {
    await cluster.stop(random.oneOf(['fast', 'immediate'])).catch(() => undefined);
    // On a busy machine it may take longer than the program that starts it waits.
    for (;;) {
      try {
        await cluster.start();
        break;
      } catch {
        await cluster.stop('immediate').catch(() => undefined);
      }
    }
    next();
  }
  return {
    url: cluster.url,
    begin: next,
    async stop() {
      clearTimeout(timer);
      await restarting.catch(() => undefined);
      clearTimeout(timer);
      await cluster.remove();
    },
  };
}
