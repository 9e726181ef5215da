/** Letters that no normal form takes apart. `server/db/folded-text.ts` and a migration fold the same ones. */
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

/** Text as search compares it: `Škoda`, `SKODA` and `skoda` are equal, in whatever normal form they were typed. */
export function foldedText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll(plainLetter, (letter) => plainLetters[letter]!)
    .normalize('NFC');
}

/** The words of a search, folded, each once. A word inside another asks nothing more and is left out. */
export function searchWords(typed: string): string[] {
  const words = [...new Set(foldedText(typed).split(/\s+/).filter(Boolean))];
  return words.filter((word) => !words.some((other) => other !== word && other.includes(word)));
}

/** Whether every word typed is somewhere in the text, in any order. */
export function hasWords(text: string, typed: string): boolean {
  const within = foldedText(text);
  return searchWords(typed).every((word) => within.includes(word));
}
