import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { pageError } from '#lib/page-error.ts';
import { m } from '#lib/paraglide/messages.js';

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
    filterSerializedResponseHeaders: (name) => name === 'content-type' || name === 'retry-after',
    preload: ({ type, path }) => type === 'js' || type === 'css' || path.includes('inter-latin-wght'),
  });

export const handleError: HandleServerError = ({ kind, error }) => {
  if (kind !== 'unknown') return;
  const known = pageError(error);
  if (known) return known;
  console.error(error);
  return { message: m.app_error_text() };
};
