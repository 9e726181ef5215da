import { perLocale } from '#shared/text/language.ts';

const day = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
);

/** `2026-11-28` as people read it, `28 Nov 2026`; any other text as it is. */
export function readableDay(text: string): string {
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : null;
  return moment && !isNaN(moment.getTime()) ? day().format(moment) : text;
}
