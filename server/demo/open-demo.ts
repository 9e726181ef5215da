import type { Config } from '#server/app/config.ts';
import { openDatabase } from '#server/db/driver/open-database.ts';
import { people } from '#server/db/schema.ts';
import type { Parts } from '#server/app/start-server.ts';
import { demoUsers } from './users.ts';
import { seedDemo } from './seed-demo.ts';

/** Opens the demo in its own database, only for this machine regardless of HOST; filled at its first start. */
export async function openDemo({ dataDir, port }: Config): Promise<Pick<Parts, 'config' | 'database' | 'demo'>> {
  const folder = `${dataDir}/demo`;
  const config: Config = {
    port,
    host: '127.0.0.1',
    publicUrl: `http://localhost:${port}`,
    publicUrlGiven: false,
    trustedProxies: () => false,
    database: { kind: 'embedded', folder: `${folder}/database` },
    dataDir: folder,
    redisUrl: null,
    mail: null,
    authSecret: null,
    limitSignIn: false,
  };
  const database = await openDatabase(config.database);
  if ((await database.db.select().from(people).limit(1)).length === 0) {
    console.log('Making the sample organisation ...');
    await seedDemo(database.db);
  }
  return { config, database, demo: demoUsers };
}
