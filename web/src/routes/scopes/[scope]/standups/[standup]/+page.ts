import { error } from '@sveltejs/kit';
import { call } from '#lib/api.ts';
import { whileAway } from '#lib/while-away.ts';
import type { PageLoad } from './$types';

/** A standup of this scope: live while it is under way, its minutes afterwards. */
export const load: PageLoad = async ({ params, fetch, depends }) => {
  depends('scope:standup');
  const request = call('get /api/standups/{standup}', { params: { standup: params.standup }, fetch });
  const standup = await whileAway('scope:standup', params.standup, request);
  if (standup.scope !== params.scope) error(404);
  return { standup };
};
