import { readConfig } from '#server/app/config.ts';
import { endOnSignal } from '#server/app/end-on-signal.ts';
import { keepRunning } from '#server/app/keep-running.ts';
import { startServer } from '#server/app/start-server.ts';

const server = await startServer({ config: readConfig(process.env) });
keepRunning();
console.log(`ready at ${server.url}`);
endOnSignal(server);
