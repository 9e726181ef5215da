import { and, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { searchWords } from '#shared/domain/folded-text.ts';

/** `foldedText` in SQL, for columns that are not stored folded. ASCII text, the common case, takes a fast path. */
export const folded = (text: SQLWrapper): SQL<string> =>
  sql<string>`case when octet_length(${text}) = char_length(${text}) then lower(${text}) else normalize(translate(replace(replace(replace(replace(lower(regexp_replace(normalize(${text}, NFKD), U&'[\\0300-\\036f]', '', 'g')), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'øđðłħıς', 'oddlhiσ'), NFC) end`;

/** Matches rows whose folded text contains every typed word. Returns undefined if no word was typed. */
export function hasWords(foldedText: SQLWrapper, typed: string): SQL | undefined {
  const words = searchWords(typed).map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
  return and(...words.map((word) => sql`${foldedText} like ${word}`));
}
