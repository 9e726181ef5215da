import { call, ProblemError } from '#lib/api.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, params }) => ({
  invitation: await call('get /api/invitations/{token}', { params, fetch }).catch((error: unknown) => {
    if (error instanceof ProblemError && error.problem.type === 'not-found') return null;
    throw error;
  }),
});
