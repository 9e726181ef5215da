import { error } from '@sveltejs/kit';
import { call } from '#lib/api.ts';
import { loaded } from '#lib/loaded.ts';
import type { PageLoad } from './$types';

/** A standup of this scope: its room while it is under way, its minutes afterwards. */
export const load: PageLoad = async ({ params, fetch, depends }) => {
  depends('scope:standup');
  const standup = await loaded(call('get /api/standups/{standup}', { params: { standup: params.standup }, fetch }));
  if (standup.scope !== params.scope) error(404);
  return { standup };
};
