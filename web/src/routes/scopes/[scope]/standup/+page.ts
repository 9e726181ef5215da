import { call } from '#lib/api.ts';
import { loaded } from '#lib/loaded.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params: { scope }, fetch, depends }) => {
  depends('scope:standups');
  const [agenda, first] = await Promise.all([
    loaded(call('get /api/scopes/{scope}/agenda', { params: { scope }, fetch })),
    loaded(call('get /api/scopes/{scope}/standups', { params: { scope }, query: {}, fetch })),
  ]);
  return { agenda, first };
};
