import { defaultLanguage, languages, type Language } from './languages.ts';
import type { Texts } from './texts.ts';

let source: () => Language = () => defaultLanguage;

/** Sets the source of the current language. A page calls it once; the server uses the default language. */
export function readLanguageFrom(from: () => Language): void {
  source = from;
}

/** The current language of texts. */
export const language = (): Language => source();

/** The BCP 47 locale of the current language, for dates, numbers and lists. */
export const locale = (): string => languages[language()].locale;

/** All texts of the current language. */
export const texts = (): Texts => languages[language()].texts;

/** Caches one value per locale, for values that are expensive to create, such as an Intl format. */
export function perLocale<F>(make: (locale: string) => F): () => F {
  const made = new Map<string, F>();
  return () => {
    const key = locale();
    let one = made.get(key);
    if (one === undefined) made.set(key, (one = make(key)));
    return one;
  };
}
