import type { Handle, HandleFetch } from '@sveltejs/kit/hooks';

interface Api {
  fetch(request: Request): Promise<Response>;
}

const api = () => (globalThis as Record<symbol, unknown>)[Symbol.for('ecoc-board.api')] as Api;

/** A page's `load` asks the API in process, with the cookie of the one who opened the page. */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const { origin, pathname } = new URL(request.url);
  if (origin !== event.url.origin || !pathname.startsWith('/api/')) return fetch(request);
  const cookie = event.request.headers.get('cookie');
  if (cookie) request.headers.set('cookie', cookie);
  return api().fetch(request);
};

export const handle: Handle = ({ event, resolve }) =>
  resolve(event, {
    filterSerializedResponseHeaders: (name) => name === 'content-type',
    preload: ({ type, path }) => type === 'js' || type === 'css' || path.includes('inter-latin-wght'),
  });
