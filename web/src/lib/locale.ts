import { language, perLocale, readLanguageFrom } from '#shared/text/language.ts';
import { getLocale } from './paraglide/runtime.js';

/** The one place where the web asks for a language, a locale or an Intl format. Days and times are in the reader's time zone. */
readLanguageFrom(getLocale);

export { language };

/** An Intl format of dates. Its options belong to the caller; it is made once per locale. */
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
