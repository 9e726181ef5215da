const keys = ['owner', 'mine', 'unowned', 'blocked', 'text', 'since', 'asof'];

/** The part of an address that determines what the board shows, of a page over the board such as a record. */
export function boardSearch(search: Iterable<[string, string]>): string {
  const kept = new URLSearchParams([...search].filter(([key]) => keys.includes(key)));
  return kept.size > 0 ? `?${kept}` : '';
}
