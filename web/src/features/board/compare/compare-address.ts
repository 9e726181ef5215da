/** What the address says to compare with: `standup`, `visit`, a number or a moment of the trail; null: nothing. */
export function sinceIn(search: Pick<URLSearchParams, 'get'>): string | null {
  const requested = search.get('since');
  return requested && (requested === 'standup' || requested === 'visit' || isPlace(requested)) ? requested : null;
}

/** The past moment that the address says to show; null: the present. */
export function pastIn(search: Pick<URLSearchParams, 'get'>): { seq: number } | { at: string } | null {
  const requested = search.get('asof');
  if (!requested || !isPlace(requested)) return null;
  return isNumber(requested) ? { seq: Number(requested) } : { at: new Date(requested).toISOString() };
}

/** The same address with another comparison or another moment; they exclude each other. */
export function searchWithCompare(
  search: { toString(): string },
  lens: { since?: string; asof?: string | number },
): string {
  const next = new URLSearchParams(search.toString());
  next.delete('since');
  next.delete('asof');
  if (lens.since) next.set('since', lens.since);
  if (lens.asof !== undefined) next.set('asof', String(lens.asof));
  return next.size > 0 ? `?${next}` : '';
}

const isNumber = (text: string) => /^\d{1,15}$/.test(text);
const isPlace = (text: string) => isNumber(text) || (/^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)));
