import { perLocale } from './language.ts';

const day = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
);

/** `2026-11-28T09:30:00.000Z` as `28 Nov 2026, 09:30 UTC`; a day as `readableDay` writes it. */
export function readableMoment(text: string): string {
  const [, on, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(text) ?? [];
  return on === undefined ? readableDay(text) : `${readableDay(on)}, ${time} UTC`;
}

/** `2026-11-28` as people read it, `28 Nov 2026`; any other text as it is. */
export function readableDay(text: string): string {
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : null;
  return moment && !isNaN(moment.getTime()) ? day().format(moment) : text;
}
