import { call } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, fetch }) => ({
  activity: await call('get /api/scopes/{scope}/activity', { params: { scope: params.scope }, query: {}, fetch }),
});
