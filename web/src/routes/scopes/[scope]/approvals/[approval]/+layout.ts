import { call } from '#lib/api.ts';
import { whileAway } from '#lib/while-away.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, fetch, depends }) => {
  depends('register:approval');
  const approval = call('get /api/approvals/{approval}', { params: { approval: params.approval }, fetch });
  return { approval: await whileAway('register:approval', params.approval, approval) };
};
