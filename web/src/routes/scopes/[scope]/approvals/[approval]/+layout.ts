import { call } from '#lib/api.ts';
import { loaded } from '#lib/loaded.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, fetch, depends }) => {
  depends('register:approval');
  return {
    approval: await loaded(call('get /api/approvals/{approval}', { params: { approval: params.approval }, fetch })),
  };
};
