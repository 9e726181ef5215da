import { call } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent }) => {
  const { scope } = await parent();
  const params = { organisation: scope.organisation.id };
  const [{ people }, { invitations }] = await Promise.all([
    call('get /api/organisations/{organisation}/people', { params, fetch }),
    call('get /api/organisations/{organisation}/invitations', { params, fetch }),
  ]);
  return { people, invitations: invitations.filter(({ acceptedAt }) => !acceptedAt) };
};
