import type { CardFilter } from '#shared/contract/record.ts';
import { isFiltering } from '#shared/domain/card-filter.ts';
import { isId } from '#lib/is-id.ts';

const keys = ['owner', 'mine', 'unowned', 'blocked', 'text'] as const;
const longest = 100;

/** Parses the filter from an address. Ignores invalid values. */
export function filterIn(search: Pick<URLSearchParams, 'get'>): CardFilter {
  const filter: CardFilter = {};
  const owner = search.get('owner');
  if (owner && isId(owner)) filter.owner = owner;
  if (search.get('mine') === 'true') filter.mine = true;
  if (search.get('unowned') === 'true') filter.unowned = true;
  if (search.get('blocked') === 'true') filter.blocked = true;
  const text = search.get('text')?.trim().slice(0, longest);
  if (text) filter.text = text;
  return filter;
}

/** The same address with another filter: `?mine=true`, or none. Other parameters stay. */
export function searchWith(search: { toString(): string }, filter: CardFilter): string {
  const next = new URLSearchParams(search.toString());
  for (const key of keys) {
    next.delete(key);
    const value = filter[key];
    if (value) next.set(key, String(value).trim());
  }
  if (!isFiltering(filter)) for (const key of keys) next.delete(key);
  return next.size > 0 ? `?${next}` : '';
}
