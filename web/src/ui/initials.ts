const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const shown = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

/** `Ana Maria Berg` → `AB`: the first letter, or whole emoji, of the first and last word of a name. */
export function initialsOf(name: string): string {
  const letters = name.split(/\s+/).flatMap((word) => {
    const first = [...graphemes.segment(word)].find(({ segment }) => shown.test(segment))?.segment;
    return first === undefined ? [] : [first.toUpperCase()];
  });
  return letters.length > 1 ? `${letters[0]}${letters.at(-1)}` : (letters[0] ?? '');
}
