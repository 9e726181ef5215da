import { dateFormat } from './locale.ts';

const day = dateFormat({ day: 'numeric', month: 'short', year: 'numeric' });
const shortDay = dateFormat({ day: 'numeric', month: 'short' });
const weekday = dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const clock = dateFormat({ hour: '2-digit', minute: '2-digit' });

/** `24 Nov 2026`, for a day (`YYYY-MM-DD`) or a moment, in the reader's time zone. */
export const dayLabel = (iso: string): string => day().format(dateOf(iso));

/** `24 Nov` for a day in the year of `today`, `24 Nov 2027` for one in another year. */
export const shortDayLabel = (iso: string, today: string): string =>
  (iso.slice(0, 4) === today.slice(0, 4) ? shortDay : day)().format(dateOf(iso));

/** `Tuesday, 24 November 2026`. */
export const longDayLabel = (iso: string): string => weekday().format(dateOf(iso));

/** `09:30`. */
export const clockLabel = (iso: string): string => clock().format(dateOf(iso));

/** `24 Nov 2026, 09:30`. */
export const momentLabel = (iso: string): string => `${dayLabel(iso)}, ${clockLabel(iso)}`;

/** The calendar day of a moment in the reader's time zone, `YYYY-MM-DD`. */
export function localDay(iso: string): string {
  const date = dateOf(iso);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}

/** A day without a time is the same everywhere, so it is parsed in local time. */
function dateOf(iso: string): Date {
  return new Date(iso.length === 10 ? `${iso}T00:00` : iso);
}
