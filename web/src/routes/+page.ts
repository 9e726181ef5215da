import { redirect } from '@sveltejs/kit';
import { call } from '#lib/api.ts';
import type { PageLoad } from './$types';

/** A member of one scope goes straight to its board; `?all` shows the list nevertheless. */
export const load: PageLoad = async ({ fetch, url }) => {
  const { scopes } = await call('get /api/scopes', { fetch });
  if (scopes.length === 1 && !url.searchParams.has('all')) redirect(303, `/scopes/${scopes[0]!.id}`);
  return { scopes };
};
