import { readConfig } from '#server/config.ts';
import { startServer } from '#server/start-server.ts';

const server = await startServer({ config: readConfig(process.env) });
console.log(`ready at ${server.url}`);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
