import { call } from '#lib/api.ts';
import { loaded } from '#lib/loaded.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, depends }) => {
  depends('organisation:rules');
  const { scope } = await parent();
  const params = { organisation: scope.organisation.id };
  return loaded(call('get /api/organisations/{organisation}/rules', { params, fetch }));
};
