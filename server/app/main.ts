import { BadConfiguration, readConfig, type Config } from './config.ts';
import { DatabaseUnusable } from '#server/db/driver/client.ts';
import { demoUsers } from '#server/demo/users.ts';
import { openDemo } from '#server/demo/open-demo.ts';
import { endOnSignal } from './end-on-signal.ts';
import { keepRunning } from './keep-running.ts';
import { logError } from '#server/log.ts';
import { RedisUnusable } from '#server/cluster/redis-bus.ts';
import { builtPages, livePages } from './pages.ts';
import { startServer } from './start-server.ts';

const dev = process.argv.includes('--dev');
const demo = process.argv.includes('--demo');

try {
  const config = readConfig(process.env);
  const server = await startServer({
    ...(demo ? await openDemo(config) : { config }),
    pages: dev ? livePages : builtPages,
  });
  keepRunning();
  console.log(`eCoC Board is ready at ${server.url}`);
  const link = server.setupLink();
  if (link) console.log(`Nobody has an account yet. This link creates the first administrator, once:\n  ${link}`);
  if (demo) introduce(config);
  endOnSignal(server);
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const sentences = [BadConfiguration, DatabaseUnusable, RedisUnusable];
  if (sentences.some((kind) => error instanceof kind)) console.error(message);
  else if (code === 'EADDRINUSE')
    console.error('The port is in use by another program. Stop it, or name another one in PORT.');
  else logError('eCoC Board stopped', error);
  process.exit(1);
}

function introduce({ dataDir }: Config): void {
  const width = Math.max(...demoUsers.people.map(({ email }) => email.length));
  console.log(`Sign in as one of these; everybody's password is "${demoUsers.password}":`);
  for (const { name, email, duty } of demoUsers.people) console.log(`  ${email.padEnd(width)}  ${name}, ${duty}`);
  console.log(`The demo data is in ${dataDir}/demo; delete that folder to start over.`);
}
