import { perLocale } from './language.ts';

const day = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
);

/** `2026-11-28T09:30:00.000Z` becomes `28 Nov 2026, 09:30 UTC`; a day is formatted as by `readableDay`. */
export function readableMoment(text: string): string {
  const [, on, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(text) ?? [];
  return on === undefined ? readableDay(text) : `${readableDay(on)}, ${time} UTC`;
}

/** `2026-11-28` becomes `28 Nov 2026`; any other text is returned unchanged. */
export function readableDay(text: string): string {
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : null;
  return moment && !isNaN(moment.getTime()) ? day().format(moment) : text;
}
