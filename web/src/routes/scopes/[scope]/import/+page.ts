import { call } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  const { scope } = await parent();
  return call('get /api/organisations/{organisation}/mappings', {
    params: { organisation: scope.organisation.id },
    fetch,
  });
};
