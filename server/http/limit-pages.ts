import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf } from '#server/trusted-proxies.ts';
import type { HttpServices } from './serve.ts';
import { problemOf } from './problem.ts';

type Pages = (request: IncomingMessage, response: ServerResponse) => void;

/** Built files, which cost next to nothing. Everything else may be rendered, a page that does not exist too. */
const isFile = (url: string) => url.startsWith('/_app/immutable/') || url === '/_app/version.json';

/** Pages, each of which waits for its turn: rendering one keeps the main thread busy. */
export function limitPages(
  pages: Pages,
  { sessions, takeRequest, trustedProxies }: Pick<HttpServices, 'sessions' | 'takeRequest' | 'trustedProxies'>,
): Pages {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { cookie = '' } = request.headers;
    const session = cookie ? await sessions.of(new Headers({ cookie })).catch(() => null) : null;
    const enter = await takeRequest(session?.person.id ?? addressOf(trustedProxies, request), 'page');
    const leave = await enter();
    if (response.destroyed) return leave();
    response.once('close', leave);
    pages(request, response);
  }
  return (request, response) => {
    if (isFile(request.url ?? '')) return pages(request, response);
    answer(request, response).catch((error: unknown) => {
      const { status, detail, retryAfter } = problemOf(error);
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(detail);
    });
  };
}
