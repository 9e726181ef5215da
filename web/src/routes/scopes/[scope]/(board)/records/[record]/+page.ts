import { error } from '@sveltejs/kit';
import { call, Unreachable } from '#lib/api.ts';
import { savedRecord } from '#lib/saved-records.ts';
import type { PageLoad } from './$types';

/**
 * The record, if this person may see it and it is of this scope; otherwise the page says it is not here. While the
 * server cannot be reached, it is the record as this browser last saw it, with the moment of that.
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
