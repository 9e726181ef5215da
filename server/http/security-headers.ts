import type { IncomingMessage, ServerResponse } from 'node:http';

/** Pages set their own policy (`vite.config.ts`). Every other answer must not run scripts or be framed. */
const nothingRuns = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const always = {
  'content-security-policy': nothingRuns,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  // URLs contain tokens of invitations and of the first setup. (`no-referrer` would hide the origin of our own forms.)
  'referrer-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=(), fullscreen=(self)',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** One year. Excludes subdomains, because the board does not control them. */
const onlyHttps = 'max-age=31536000';

/**
 * Sets the headers of every answer before the request is handled. Pages and JSON are private and not cached. Built
 * files have content hashes in their names and set their own cache headers.
 */
export function secureHeaders({ publicUrl }: { publicUrl: string }) {
  const headers = new Map<string, string>(Object.entries(always));
  if (publicUrl.startsWith('https:')) headers.set('strict-transport-security', onlyHttps);
  return ({ url = '' }: IncomingMessage, response: ServerResponse): void => {
    response.setHeaders(headers);
    response.setHeader('cache-control', isFile(url) ? 'public, no-cache' : 'private, no-store');
  };
}

/** Whether a URL is a static file, such as an icon, rather than a page or part of the API. */
const isFile = (url: string) => url.startsWith('/_app/') || /^\/[\w-]+\.(svg|png|ico|txt|webmanifest)$/.test(url);
