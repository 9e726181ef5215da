import type { Self } from '#shared/contract/person.ts';
import { call, ProblemError } from './api.ts';

/** The signed-in person; null only where the server reports that nobody is. Throws where the server does not answer. */
export async function signedInPerson(fetch: typeof globalThis.fetch): Promise<Self | null> {
  return call('get /api/self', { fetch }).catch((error: unknown) => {
    if (error instanceof ProblemError && error.problem.type === 'signed-out') return null;
    throw error;
  });
}
