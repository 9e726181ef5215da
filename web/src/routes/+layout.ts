import { redirect } from '@sveltejs/kit';
import { call, ProblemError } from '#lib/api.ts';
import type { LayoutLoad } from './$types';

const forStrangers = ['/sign-in', '/setup/', '/join/'];

/** Who is here, asked once a visit. A stranger is sent to sign in, and comes back to where they wanted to go. */
export const load: LayoutLoad = async ({ fetch, url, untrack }) => {
  const self = await call('get /api/self', { fetch }).catch((error: unknown) => {
    if (error instanceof ProblemError && error.problem.type === 'signed-out') return null;
    throw error;
  });
  const { pathname, search } = untrack(() => ({ pathname: url.pathname, search: url.search }));
  if (!self && !forStrangers.some((path) => pathname.startsWith(path))) {
    redirect(303, `/sign-in?from=${encodeURIComponent(pathname + search)}`);
  }
  return { self };
};
