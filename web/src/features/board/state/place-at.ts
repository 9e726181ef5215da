/**
 * The card below which a pointer at this height would drop, of those on screen; null: the top; undefined: the column is
 * empty.
 */
export function placeAt(column: Element, y: number): string | null | undefined {
  const cards = [...column.querySelectorAll<HTMLElement>('[data-card]')]
    .map((card) => ({ id: card.dataset['card']!, box: card.getBoundingClientRect() }))
    .sort((a, b) => a.box.top - b.box.top);
  if (cards.length === 0) return undefined;
  return cards.findLast(({ box }) => box.top + box.height / 2 < y)?.id ?? null;
}
