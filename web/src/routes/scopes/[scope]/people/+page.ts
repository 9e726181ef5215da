import { call } from '#lib/api.ts';
import type { PageLoad } from './$types';

/** Loads all members and open invitations only for people who may assign duties and invite. */
export const load: PageLoad = async ({ fetch, parent }) => {
  const { scope } = await parent();
  if (!scope.own.admin && !scope.own.duties.includes('lead')) return { people: [], invitations: [] };
  const params = { organisation: scope.organisation.id };
  const [{ people }, { invitations }] = await Promise.all([
    call('get /api/organisations/{organisation}/people', { params, fetch }),
    call('get /api/organisations/{organisation}/invitations', { params, fetch }),
  ]);
  return { people, invitations: invitations.filter(({ acceptedAt }) => !acceptedAt) };
};
