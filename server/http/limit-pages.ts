import type { IncomingMessage, ServerResponse } from 'node:http';
import { addressOf } from '#server/trusted-proxies.ts';
import type { HttpServices } from './serve.ts';
import { problemOf } from './problem.ts';

type Pages = (request: IncomingMessage, response: ServerResponse) => void;

/** Built files cost almost nothing. Every other URL may be rendered, even a page that does not exist. */
const isFile = (url: string) => url.startsWith('/_app/immutable/') || url === '/_app/version.json';

/** Limits page requests: each waits for a slot, because rendering blocks the main thread. */
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
