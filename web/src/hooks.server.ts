import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { language } from '#lib/locale.ts';
import { pageError } from '#lib/page-error.ts';
import { m } from '#lib/paraglide/messages.js';

interface Api {
  fetch(request: Request): Promise<Response>;
  /** Writes an error to the server's log, without the values it failed on. */
  logError(what: string, error: unknown): void;
}

const api = () => (globalThis as Record<symbol, unknown>)[Symbol.for('ecoc-board.api')] as Api;

/** Cookies that the API set while a page was loading: a session that was prolonged. */
const setCookies = new WeakMap<Request, string[]>();

/** A page's `load` asks the API in process, with the cookie of the one who opened the page. */
export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
  const { origin, pathname } = new URL(request.url);
  if (origin !== event.url.origin || !pathname.startsWith('/api/')) return fetch(request);
  const cookie = event.request.headers.get('cookie');
  if (cookie) request.headers.set('cookie', cookie);
  const response = await api().fetch(request);
  setCookies.get(event.request)?.push(...response.headers.getSetCookie());
  return response;
};

export const handle: Handle = async ({ event, resolve }) => {
  const cookies: string[] = [];
  setCookies.set(event.request, cookies);
  const response = await resolve(event, {
    filterSerializedResponseHeaders: (name) => name === 'content-type' || name === 'retry-after',
    transformPageChunk: ({ html }) => html.replace('<html lang="%lang%">', `<html lang="${language()}">`),
    preload: ({ type, path }) => type === 'js' || type === 'css' || path.includes('inter-latin-wght'),
  });
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
};

export const handleError: HandleServerError = ({ kind, error }) => {
  if (kind !== 'unknown') return;
  const pageProblem = pageError(error);
  if (pageProblem) return pageProblem;
  api().logError('a page', error);
  return { message: m.app_error_text() };
};
