import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '#server/app/config.ts';

/** Whether an origin belongs to this board. */
export type IsOwnOrigin = (origin: string) => boolean;

/**
 * The board's own origin is that of PUBLIC_URL; the Host header of a request proves nothing. Without PUBLIC_URL, the
 * local names of this machine are accepted too. `port` is the port the server listens on, which is only known after
 * listening if any free port was requested.
 */
export function ownOrigins({ publicUrl, publicUrlGiven }: Config, port: () => number): IsOwnOrigin {
  const origins = () => [
    publicUrl.replace(/:0$/, `:${port()}`),
    ...(publicUrlGiven ? [] : ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}:${port()}`)),
  ];
  let allowed: Set<string> | undefined;
  return (origin) => (allowed ??= new Set(origins().map((url) => new URL(url).origin))).has(origin);
}

/**
 * Whether a request may change something or open a socket. Browsers send the page's origin with every such request. A
 * request without an origin that does not look like a browser's comes from a program, which does not carry anybody
 * else's cookie.
 */
export function isOwnRequest(headers: IncomingHttpHeaders | Headers, isOwn: IsOwnOrigin): boolean {
  const read = (name: string) => (headers instanceof Headers ? headers.get(name) : headers[name]) as string | undefined;
  const origin = read('origin');
  if (origin) return isOwn(origin);
  const site = read('sec-fetch-site');
  return !site || site === 'same-origin' || site === 'none';
}
