import { language, perLocale, readLanguageFrom } from '#shared/text/language.ts';
import { getLocale } from './paraglide/runtime.js';

/**
 * The only place in the web code that reads a language or locale or creates an Intl format. Days and times are in the
 * reader's time zone.
 */
readLanguageFrom(getLocale);

export { language };

/** A date format with the caller's options, created once per locale. */
export const dateFormat = (options: Intl.DateTimeFormatOptions) =>
  perLocale((at) => new Intl.DateTimeFormat(at, options));

/** `3 minutes ago`, `yesterday`. */
export const relativeFormat = perLocale((at) => new Intl.RelativeTimeFormat(at, { numeric: 'auto', style: 'long' }));

const numbers = perLocale((at) => new Intl.NumberFormat(at));
const either = perLocale((at) => new Intl.ListFormat(at, { type: 'disjunction' }));

/** `1,204`. */
export const figure = (count: number): string => numbers().format(count);

/** `Ada, Ben or Cleo`. */
export const eitherOf = (names: readonly string[]): string => either().format(names);
