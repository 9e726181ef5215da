import { defaultLanguage, languages, type Language } from './languages.ts';
import type { Texts } from './texts.ts';

let source: () => Language = () => defaultLanguage;

/** Tells where the current language comes from. A page calls it once; the server writes in the default language. */
export function readLanguageFrom(from: () => Language): void {
  source = from;
}

/** The language that texts are written in now. */
export const language = (): Language => source();

/** Its BCP 47 locale, for dates, numbers and lists. */
export const locale = (): string => languages[language()].locale;

/** All its texts. */
export const texts = (): Texts => languages[language()].texts;

/** Something that depends on the locale and is costly to make, such as an Intl format: made once per locale. */
export function perLocale<F>(make: (locale: string) => F): () => F {
  const made = new Map<string, F>();
  return () => {
    const key = locale();
    let one = made.get(key);
    if (one === undefined) made.set(key, (one = make(key)));
    return one;
  };
}
