import type { Server } from 'node:http';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Api } from '#server/http/app.ts';
import { BadConfiguration } from './config.ts';
import { logError } from '#server/log.ts';
import { limitPages } from '#server/http/limit-pages.ts';
import type { HttpServices } from '#server/http/serve.ts';
import type { Pages } from './start-server.ts';

const built = fileURLToPath(new URL('../../build/handler.js', import.meta.url));

/**
 * The key under which the pages' own module graph finds the API and the log; a page's `load` calls the API in process.
 */
export const apiForPages = Symbol.for('ecoc-board.api');

function handOver({ fetch }: Api): void {
  (globalThis as Record<symbol, unknown>)[apiForPages] = { fetch, logError };
}

/** The pages built by `npm run build`. Throws BadConfiguration if there is no build. */
export async function builtPages(api: Api, _http: Server, services: HttpServices): Promise<Pages> {
  handOver(api);
  if (!existsSync(built))
    throw new BadConfiguration('The pages are not built. Run `npm run build`, or `npm start`, which does.');
  const { handler } = (await import(built)) as { handler: Pages };
  return limitPages(handler, services);
}

/** The pages from source, with hot reload on the same port. */
export async function livePages(api: Api, http: Server): Promise<Pages> {
  handOver(api);
  const { createServer } = await import('vite');
  const vite = await createServer({
    server: { middlewareMode: true, ws: { server: http } as never },
    appType: 'custom',
  });
  return (request, response) => vite.middlewares(request, response);
}
