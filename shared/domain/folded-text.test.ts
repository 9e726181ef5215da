import { describe, expect, it } from 'vitest';
import { foldedText, hasWords, searchWords } from './folded-text.ts';

describe('folded text', () => {
  it.each([
    ['Škoda', 'skoda'],
    ['STRASSE', 'straße'],
    ['ẞ', 'ss'],
    ['Citroe\u0308n', 'Citroën'],
    ['İstanbul', 'istanbul'],
    ['ılık', 'ilik'],
    ['Ærø Łódź', 'aero lodz'],
    ['ΣΊΣΥΦΟΣ', 'σισυφος'],
    ['ＶＩＮ', 'vin'],
    ['Жигули', 'ЖИГУЛИ'],
  ])('treats %s and %s as equal (fault no. 24)', (one, other) => {
    expect(foldedText(one)).toBe(foldedText(other));
  });

  it.each([
    ['か', 'が'],
    ['東京', '東方'],
    ['한', '하'],
    ['كتب', 'كاتب'],
    ['%', '_'],
    ['\\', '/'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(foldedText(one)).not.toBe(foldedText(other));
  });

  it('keeps each search word once, without words contained in another', () => {
    expect(searchWords(' Fjord fjörd  NORD f ')).toEqual(['fjord', 'nord']);
    expect(searchWords('   ')).toEqual([]);
  });

  it('finds every word in any order and case (fault no. 24)', () => {
    expect(hasWords('Board Only blocked', 'BLOCK bo')).toBe(true);
    expect(hasWords('Board Only blocked', 'blocked rules')).toBe(false);
    expect(hasWords('Anything', '')).toBe(true);
  });
});
