import type { ApprovalState } from '#shared/contract/approval.ts';
import { stateNames } from '#features/approvals/state-labels.ts';
import { call } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, parent, url }) => {
  const { scope } = await parent();
  const requested = url.searchParams.get('state') ?? '';
  const state = Object.hasOwn(stateNames, requested) ? (requested as ApprovalState) : undefined;
  const text = url.searchParams.get('text')?.slice(0, 60) ?? '';
  const query = { ...(text ? { text } : {}), ...(state ? { state } : {}) };
  const params = { organisation: scope.organisation.id };
  const register = await call('get /api/organisations/{organisation}/approvals', { params, query, fetch });
  return { register, filter: { text, state: state ?? ('' as const) } };
};
