/** Letters that no Unicode normal form decomposes. `server/db/folded-text.ts` and a migration fold the same ones. */
const plainLetters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};
const plainLetter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');

/** Text in the form that search compares: `Škoda`, `SKODA` and `skoda` are equal, in any Unicode normal form. */
export function foldedText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(plainLetter, (letter) => plainLetters[letter]!)
    .normalize('NFC');
}

/** The distinct words of a search, folded. A word that is contained in another word is redundant and omitted. */
export function searchWords(typed: string): string[] {
  const words = [...new Set(foldedText(typed).split(/\s+/).filter(Boolean))];
  return words.filter((word) => !words.some((other) => other !== word && other.includes(word)));
}

/** Whether the text contains every typed word, in any order. */
export function hasWords(text: string, typed: string): boolean {
  const within = foldedText(text);
  return searchWords(typed).every((word) => within.includes(word));
}
