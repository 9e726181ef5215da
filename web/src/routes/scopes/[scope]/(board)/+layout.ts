import { filterIn } from '#features/board/filter-address.ts';
import { call } from '#lib/api.ts';
import { loaded } from '#lib/loaded.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, fetch, url, data }) => {
  const filter = filterIn(url.searchParams);
  const board = call('get /api/scopes/{scope}/board', { params: { scope: params.scope }, query: filter, fetch });
  return { ...data, filter, board: await loaded(board) };
};
