import type { IncomingMessage, ServerResponse } from 'node:http';

/** Pages say more themselves (`vite.config.ts`); what is no page runs nothing and is framed by nobody. */
const nothingRuns = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const always = {
  'content-security-policy': nothingRuns,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  // Addresses hold tokens of invitations and of the first setup. (`no-referrer` would hide the origin of forms from us.)
  'referrer-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=(), fullscreen=(self)',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** A year; without subdomains, which are not the board's to decide about. */
const onlyHttps = 'max-age=31536000';

/**
 * Sets the headers that every answer has before anybody answers. Pages and JSON are somebody's own and are not kept;
 * files of the build name themselves by their content and say so where they are served.
 */
export function secureHeaders({ publicUrl }: { publicUrl: string }) {
  const headers = new Map<string, string>(Object.entries(always));
  if (publicUrl.startsWith('https:')) headers.set('strict-transport-security', onlyHttps);
  return ({ url = '' }: IncomingMessage, response: ServerResponse): void => {
    response.setHeaders(headers);
    response.setHeader('cache-control', isFile(url) ? 'public, no-cache' : 'private, no-store');
  };
}

/** The static files beside the pages: an icon, not an address of the API or of a page. */
const isFile = (url: string) => url.startsWith('/_app/') || /^\/[\w-]+\.(svg|png|ico|txt|webmanifest)$/.test(url);
