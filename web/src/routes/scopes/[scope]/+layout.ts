import { call } from '#lib/api.ts';
import { loaded } from '#lib/loaded.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, fetch, depends }) => {
  depends('scope:people');
  return { scope: await loaded(call('get /api/scopes/{scope}', { params: { scope: params.scope }, fetch })) };
};
