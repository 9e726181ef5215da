import { redirect } from '@sveltejs/kit';
import { signInPath } from '#lib/sign-in-path.ts';
import { signedInPerson } from '#lib/signed-in-person.ts';
import type { LayoutLoad } from './$types';

const forStrangers = ['/sign-in', '/setup/', '/join/'];

/** Who is here, asked once a visit. A stranger is sent to sign in, and comes back to where they wanted to go. */
export const load: LayoutLoad = async ({ fetch, url, untrack }) => {
  const self = await signedInPerson(fetch);
  const { pathname, search } = untrack(() => ({ pathname: url.pathname, search: url.search }));
  if (!self && !forStrangers.some((path) => pathname.startsWith(path))) redirect(303, signInPath({ pathname, search }));
  return { self };
};
