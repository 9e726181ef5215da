import type { Problem } from '#shared/contract/problem.ts';
import { problemDetail } from '#shared/text/problem-labels.ts';
import { personHeaders } from '#lib/api.ts';
import { documentNotes, forgetDocuments } from '#lib/documents/document-storage.ts';
import { forgetDrafts } from '#lib/draft-storage.ts';
import { reloadForOther } from '#lib/page-person.ts';
import { forgetRecords } from '#lib/saved-records.ts';
import { forgetIntents, savedIntentCount } from '#lib/saved-intents.ts';
import { m } from '#lib/paraglide/messages.js';

/** The error codes of the sign-in library for a wrong e-mail address or password. */
const wrongCodes = new Set(['INVALID_EMAIL_OR_PASSWORD', 'INVALID_EMAIL']);

/** Signs in. Returns null on success, otherwise the message for the person. */
export async function signIn(email: string, password: string): Promise<string | null> {
  const response = await send('/api/auth/sign-in/email', { email, password });
  if (!response) return m.app_unreachable();
  if (response.ok) return (await holdsSession()) ? null : m.people_sign_in_no_cookie({ address: location.origin });
  const answer = (await response.json().catch(() => null)) as (Partial<Problem> & { code?: string }) | null;
  if (answer?.type === 'foreign-origin' || answer?.type === 'too-many-requests')
    return problemDetail(answer as Pick<Problem, 'type' | 'params' | 'detail'>);
  if (response.status === 429) return m.people_sign_in_slow();
  // Any other answer, of a proxy for example, does not concern the password.
  return answer?.code && wrongCodes.has(answer.code) ? m.people_sign_in_wrong() : m.people_sign_in_failed();
}

/**
 * Ends the session and clears everything of it from the page, which then navigates to sign-in or to the given path.
 * Asks first where pending changes would be lost. Where the session did not end, everything stays, and the message for
 * the person is returned.
 */
export async function signOut(person: string, to = '/sign-in'): Promise<string | null> {
  const count = documentNotes(person).reduce(
    (sum, { note }) => sum + note.waiting.length + note.refused.length,
    savedIntentCount(person),
  );
  if (count > 0 && !confirm(m.discussion_sign_out_waiting({ count }))) return null;
  const response = await send('/api/auth/sign-out', {});
  // 401: another tab already ended it.
  if (!response?.ok && response?.status !== 401) {
    const problem = (await response?.json().catch(() => null)) as Problem | null | undefined;
    if (problem?.type === 'other-person') reloadForOther();
    return m.people_sign_out_failed();
  }
  await forgetAll();
  location.href = to;
  return null;
}

/**
 * Deletes everything that was stored for a person, so that nobody else finds it; `except` keeps the data of that
 * person.
 */
export async function forgetAll(except?: string): Promise<void> {
  forgetDrafts(except);
  forgetIntents(except);
  forgetRecords(except);
  await forgetDocuments(except);
}

/** Whether the session cookie was stored. Over http a browser silently drops a cookie that requires https. */
const holdsSession = async (): Promise<boolean> => {
  const response = await fetch('/api/self').catch(() => null);
  return response?.status !== 401;
};

/** The message after the form was sent without JavaScript. */
export const signInError = (trouble: string | null): string | null =>
  trouble === 'wrong'
    ? m.people_sign_in_wrong()
    : trouble === 'slow'
      ? m.people_sign_in_slow()
      : trouble === 'failed'
        ? m.people_sign_in_failed()
        : null;

const send = (path: string, body: unknown): Promise<Response | null> =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...personHeaders() },
    body: JSON.stringify(body),
  }).catch(() => null);
