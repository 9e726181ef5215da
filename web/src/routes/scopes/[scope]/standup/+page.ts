import { call } from '#lib/api.ts';
import { whileAway } from '#lib/while-away.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params: { scope }, fetch, depends }) => {
  depends('scope:standups');
  const request = Promise.all([
    call('get /api/scopes/{scope}/agenda', { params: { scope }, fetch }),
    call('get /api/scopes/{scope}/standups', { params: { scope }, query: {}, fetch }),
  ]);
  const [agenda, first] = await whileAway('scope:standups', scope, request);
  return { agenda, first };
};
