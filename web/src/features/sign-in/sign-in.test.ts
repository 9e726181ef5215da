import { afterEach, expect, test, vi } from 'vitest';
import { m } from '#lib/paraglide/messages.js';
import { signIn } from './sign-in.ts';

afterEach(() => vi.unstubAllGlobals());

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const answers: [string, () => Response | Error, string][] = [
  ['a wrong password', () => json(401, { code: 'INVALID_EMAIL_OR_PASSWORD' }), m.people_sign_in_wrong()],
  ['a page of another origin', () => json(403, { type: 'foreign-origin', detail: 'Open it there.' }), 'Open it there.'],
  ['too many tries', () => json(429, {}), m.people_sign_in_slow()],
  ['a 403 of a proxy', () => json(403, { message: 'Forbidden' }), m.people_sign_in_failed()],
  ['a 404 of a proxy', () => new Response('<h1>Not found</h1>', { status: 404 }), m.people_sign_in_failed()],
  ['a server that failed', () => json(500, { type: 'failed' }), m.people_sign_in_failed()],
  ['no answer', () => new TypeError('Failed to fetch'), m.app_unreachable()],
];

test.each(answers)('%s has its own message (fault no. 12)', async (_, answer, shown) => {
  vi.stubGlobal('fetch', async () => {
    const result = answer();
    if (result instanceof Error) throw result;
    return result;
  });
  expect(await signIn('ada@works.example', 'ten letters or more')).toBe(shown);
});
