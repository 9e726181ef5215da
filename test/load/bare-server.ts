import { readConfig } from '#server/config.ts';
import { endOnSignal } from '#server/end-on-signal.ts';
import { keepRunning } from '#server/keep-running.ts';
import { startServer } from '#server/start-server.ts';

const server = await startServer({ config: readConfig(process.env) });
keepRunning();
console.log(`ready at ${server.url}`);
endOnSignal(server);
