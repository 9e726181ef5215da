import type { HandleClientError } from '@sveltejs/kit/hooks';
import { m } from '#lib/paraglide/messages.js';
import '#lib/locale.ts';
import { pageError } from '#lib/page-error.ts';

/** A page that comes without TLS from another machine has no `randomUUID`; operation ids need it there too. */
crypto.randomUUID ??= () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

export const handleError: HandleClientError = ({ kind, error }) => {
  if (kind !== 'unknown') return;
  const pageProblem = pageError(error);
  if (pageProblem) return pageProblem;
  console.error(error);
  return { message: m.app_error_text() };
};
