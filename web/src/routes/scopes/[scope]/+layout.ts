import { call } from '#lib/api.ts';
import { whileAway } from '#lib/while-away.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, fetch, depends }) => {
  depends('scope:people');
  const scope = call('get /api/scopes/{scope}', { params: { scope: params.scope }, fetch });
  return { scope: await whileAway('scope:people', params.scope, scope) };
};
