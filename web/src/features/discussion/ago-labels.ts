import { relativeFormat } from '#lib/locale.ts';
import { dayLabel } from '#lib/moment-labels.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long ago a moment was, up to a week; for older ones the day. A future moment, from a clock that runs ahead, is
 * `now`.
 */
export function agoLabel(iso: string, now: Date): string {
  const words = relativeFormat();
  const passed = Math.max(0, now.getTime() - new Date(iso).getTime());
  if (passed < minute) return words.format(0, 'second');
  if (passed < hour) return words.format(-Math.floor(passed / minute), 'minute');
  if (passed < day) return words.format(-Math.floor(passed / hour), 'hour');
  if (passed < 7 * day) return words.format(-Math.floor(passed / day), 'day');
  return dayLabel(iso);
}
