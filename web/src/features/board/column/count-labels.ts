import { figure } from '#lib/locale.ts';
import { m } from '#lib/paraglide/messages.js';

/** A filtered column is counted up to here by the server. */
const counted = 1000;

/** `1,204`; under a filter `1,000+` where counting stopped. */
export function countLabel(count: number, filtered: boolean): string {
  const capped = filtered && count >= counted;
  return capped ? m.board_count_over({ count: figure(counted) }) : figure(count);
}
