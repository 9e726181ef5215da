import { problemDetail } from '#shared/text/problem-labels.ts';
import { filterIn } from '#features/board/state/filter-address.ts';
import { pastIn } from '#features/board/compare/compare-address.ts';
import { call, ProblemError } from '#lib/api.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, fetch, url, data }) => {
  const filter = filterIn(url.searchParams);
  const request = pastIn(url.searchParams);
  const ask = { params: { scope: params.scope }, fetch };
  const present = async () => {
    const board = await call('get /api/scopes/{scope}/board', { ...ask, query: filter });
    return { ...data, filter, board, past: null };
  };
  if (!request) return { ...(await present()), tooFar: null };
  try {
    const past = await call('get /api/scopes/{scope}/board-at', { ...ask, query: { ...filter, ...request } });
    return { ...data, filter, board: past, past, tooFar: null };
  } catch (failure) {
    if (!(failure instanceof ProblemError) || failure.problem.type !== 'refused') throw failure;
    return { ...(await present()), tooFar: problemDetail(failure.problem) };
  }
};
