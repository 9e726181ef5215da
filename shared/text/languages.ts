import { en } from './en/index.ts';
import type { Texts } from './texts.ts';

/** Every language of the product: its folder here and in `web/messages`, and its locale for dates and numbers. */
export const languages = {
  en: { locale: 'en-GB', texts: en },
} as const satisfies Record<string, { locale: string; texts: Texts }>;

export type Language = keyof typeof languages;

/** The language of the server's own texts: API problems, mails and minutes. */
export const defaultLanguage: Language = 'en';
