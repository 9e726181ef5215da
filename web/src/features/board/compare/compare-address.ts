/** The comparison in an address: `standup`, `visit`, or a number or moment of the trail; null: none. */
export function sinceIn(search: Pick<URLSearchParams, 'get'>): string | null {
  const requested = search.get('since');
  return requested && (requested === 'standup' || requested === 'visit' || isPlace(requested)) ? requested : null;
}

/** The past moment in an address; null: the present. */
export function pastIn(search: Pick<URLSearchParams, 'get'>): { seq: number } | { at: string } | null {
  const requested = search.get('asof');
  if (!requested || !isPlace(requested)) return null;
  return isNumber(requested) ? { seq: Number(requested) } : { at: new Date(requested).toISOString() };
}

/** The same address with another comparison or moment; each excludes the other. */
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
