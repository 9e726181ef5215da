import { error } from '@sveltejs/kit';
import { call, Unreachable } from '#lib/api.ts';
import { savedRecord } from '#lib/saved-records.ts';
import type { PageLoad } from './$types';

/**
 * The record, if this person may see it and it belongs to this scope; otherwise a not-found page. While the server is
 * unreachable, the copy this browser saved last, with its time.
 */
export const load: PageLoad = async ({ params, fetch, parent }) => {
  const request = call('get /api/records/{record}', { params: { record: params.record }, fetch });
  const away = await request.then(
    () => null,
    async (failure: unknown) => {
      if (!(failure instanceof Unreachable)) return null;
      const { self } = await parent();
      return self && savedRecord(self.id, params.record);
    },
  );
  const detail = away?.detail ?? (await request);
  if (detail.scope !== params.scope) error(404);
  return { detail, seenAt: away?.at ?? null };
};
