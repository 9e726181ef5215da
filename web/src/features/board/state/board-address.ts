const keys = ['owner', 'mine', 'unowned', 'blocked', 'text', 'since', 'asof'];

/** Of an address over the board, such as that of a record, the part that says what the board shows. */
export function boardSearch(search: Iterable<[string, string]>): string {
  const kept = new URLSearchParams([...search].filter(([key]) => keys.includes(key)));
  return kept.size > 0 ? `?${kept}` : '';
}
