import type { ExceptionFilter, ExceptionKind } from '#shared/contract/exception.ts';
import { exceptionKinds } from '#lib/exception-kinds.ts';
import { isId } from '#lib/is-id.ts';

/** Parses the filter from an address. Ignores invalid values. */
export function exceptionFilterIn(search: Pick<URLSearchParams, 'get'>): ExceptionFilter {
  const filter: ExceptionFilter = {};
  const kind = search.get('kind');
  if (kind && Object.hasOwn(exceptionKinds, kind)) filter.kind = kind as ExceptionKind;
  const owner = search.get('owner');
  if (owner && isId(owner)) filter.owner = owner;
  const turn = search.get('waitingOn');
  if (turn === 'us' || turn === 'others') filter.waitingOn = turn;
  for (const flag of ['mine', 'overdue', 'closed'] as const) if (search.get(flag) === 'true') filter[flag] = true;
  const text = search.get('text')?.trim().slice(0, 100);
  if (text) filter.text = text;
  return filter;
}

/** The filter as the query of an address: `?kind=signing&mine=true`, or empty. */
export function exceptionSearch(filter: ExceptionFilter): string {
  const search = new URLSearchParams(
    Object.entries(filter).flatMap(([key, value]) => (value ? [[key, String(value)]] : [])),
  );
  return search.size > 0 ? `?${search}` : '';
}
