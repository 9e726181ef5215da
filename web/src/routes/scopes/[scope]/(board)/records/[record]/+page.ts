import { error } from '@sveltejs/kit';
import { call } from '#lib/api.ts';
import { loaded } from '#lib/loaded.ts';
import type { PageLoad } from './$types';

/** The record, if this person may see it and it is of this scope; otherwise the page says it is not here. */
export const load: PageLoad = async ({ params, fetch }) => {
  const detail = await loaded(call('get /api/records/{record}', { params: { record: params.record }, fetch }));
  if (detail.scope !== params.scope) error(404);
  return { detail };
};
