import { redirect } from '@sveltejs/kit';
import { call } from '#lib/api.ts';
import { signedInPerson } from '#lib/signed-in-person.ts';
import { wayBack } from '#shared/domain/way-back.ts';
import type { PageLoad } from './$types';

/** Redirects a signed-in person. In the demo a visitor chooses whom to sign in as. */
export const load: PageLoad = async ({ fetch, url }) => {
  const [self, demo, setup] = await Promise.all([
    signedInPerson(fetch),
    call('get /api/demo', { fetch }).catch(() => null),
    call('get /api/setup', { fetch }).catch(() => null),
  ]);
  if (self) redirect(303, wayBack(url.searchParams.get('from')));
  return { demo, waiting: setup?.waiting ?? false };
};
