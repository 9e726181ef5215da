import { call } from '#lib/api.ts';
import { whileAway } from '#lib/while-away.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, depends }) => {
  depends('organisation:rules');
  const { scope } = await parent();
  const params = { organisation: scope.organisation.id };
  const rules = call('get /api/organisations/{organisation}/rules', { params, fetch });
  return whileAway('organisation:rules', params.organisation, rules);
};
