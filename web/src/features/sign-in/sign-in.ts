import { forgetDrafts } from '#lib/draft-storage.ts';
import { m } from '#lib/paraglide/messages.js';

/** Signs in; null when it worked, otherwise what to tell the person. */
export async function signIn(email: string, password: string): Promise<string | null> {
  const response = await send('/api/auth/sign-in/email', { email, password });
  if (!response) return m.app_unreachable();
  if (response.ok) return null;
  if (response.status === 429) return m.people_sign_in_slow();
  return response.status < 500 ? m.people_sign_in_wrong() : m.people_sign_in_failed();
}

/** Ends the session and leaves nothing of it in the page, which then goes to sign in or to the path given. */
export async function signOut(to = '/sign-in'): Promise<void> {
  await send('/api/auth/sign-out', {});
  forgetDrafts();
  location.href = to;
}

/** Only a path of this site: a link must not send people elsewhere after they signed in. */
export function wayBack(from: string | null): string {
  return from?.startsWith('/') && !from.startsWith('//') && !from.startsWith('/\\') ? from : '/';
}

const send = (path: string, body: unknown): Promise<Response | null> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
