import { call } from '#lib/api.ts';
import { whileAway } from '#lib/while-away.ts';
import { stateIn } from '#features/waivers/state-address.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch, url, depends }) => {
  depends('scope:waivers');
  const state = stateIn(url.searchParams);
  const query = state ? { state } : {};
  const first = call('get /api/scopes/{scope}/waivers', { params: { scope: params.scope }, query, fetch });
  return { state, first: await whileAway('scope:waivers', `${params.scope} ${state}`, first) };
};
