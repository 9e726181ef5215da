import { redirect } from '@sveltejs/kit';
import { signInPath } from '#lib/sign-in-path.ts';
import { signedInPerson } from '#lib/signed-in-person.ts';
import type { LayoutLoad } from './$types';

const forStrangers = ['/sign-in', '/setup/', '/join/'];

/**
 * The signed-in person, requested once per visit. Anybody else is sent to the sign-in page and returns to the requested
 * page.
 */
export const load: LayoutLoad = async ({ fetch, url, untrack }) => {
  const self = await signedInPerson(fetch);
  const { pathname, search } = untrack(() => ({ pathname: url.pathname, search: url.search }));
  if (!self && !forStrangers.some((path) => pathname.startsWith(path))) redirect(303, signInPath({ pathname, search }));
  return { self };
};
