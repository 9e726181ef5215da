import { figure } from '#lib/locale.ts';
import { m } from '#lib/paraglide/messages.js';

/** Limit of the server's count under a filter. */
const counted = 1000;

/** `1,204`; under a filter `1,000+` at the limit. */
export function countLabel(count: number, filtered: boolean): string {
  const capped = filtered && count >= counted;
  return capped ? m.board_count_over({ count: figure(counted) }) : figure(count);
}
