import { makeCluster, serverPrograms } from '#test/support/cluster.ts';
import { seeded } from '#test/support/seeded.ts';

/** A PostgreSQL server that restarts at random moments. */
export interface RestartingDatabase {
  url: string;
  /** Starts the restarts. */
  begin(): void;
  stop(): Promise<void>;
}

/** Milliseconds between two restarts: a minimum and a random addition. */
const [least, more] = [4_000, 8_000];

/** With `E2E_RESTARTS=<seed>`; null without it. */
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
    // On a busy machine the restart may take longer than the timeout of the program that starts it.
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
