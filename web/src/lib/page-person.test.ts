import { globSync, readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { routes } from '#shared/contract/routes/all.ts';
import type { Route } from '#shared/contract/routes/route.ts';
import { call, ProblemError, type RouteName } from './api.ts';
import { pageBelongsTo } from './page-person.ts';

const person = '0199aaaa-0000-7000-8000-000000000001';
const other = '0199aaaa-0000-7000-8000-000000000002';
afterEach(() => {
  pageBelongsTo(null);
  vi.unstubAllGlobals();
});

/** The request that a call sends. */
async function sent({ method, path }: Route, answer: Response): Promise<Headers> {
  let headers = new Headers();
  const fetch = async (_: RequestInfo | URL, init?: RequestInit) => {
    headers = new Headers(init?.headers);
    return answer;
  };
  await (call as (name: RouteName, ask: unknown) => Promise<unknown>)(`${method} ${path}` as RouteName, { fetch });
  return headers;
}

test('every write of the page sends the page’s person, and a signed-out page sends none (fault no. 2)', async () => {
  const writes = (Object.values(routes) as Route[]).filter(({ write }) => write);
  expect(writes.length).toBeGreaterThan(30);
  for (const route of writes) {
    pageBelongsTo(person);
    expect([route.path, (await sent(route, Response.json({}))).get('person-id')]).toEqual([route.path, person]);
    pageBelongsTo(null);
    expect((await sent(route, Response.json({}))).get('person-id')).toBeNull();
  }
});

test('writes are identified by method: no read-only route changes anything (fault no. 2)', () => {
  for (const { method, write, path } of Object.values(routes) as Route[]) {
    expect([path, method !== 'get']).toEqual([path, write === true]);
  }
});

test('nothing in the web bypasses the API client except sign-in and sign-out (fault no. 2)', () => {
  const files = globSync('web/src/**/*.{ts,svelte}', { exclude: ['**/paraglide/**', '**/*.test.ts'] });
  const direct = files.filter((file) => /(?<![\w.])fetch\(|sendBeacon|XMLHttpRequest/.test(readFileSync(file, 'utf8')));
  expect(direct.map((file) => file.slice('web/src/'.length)).sort()).toEqual([
    'features/sign-in/sign-in.ts',
    'hooks.server.ts',
  ]);
});

test('the page reloads if somebody else is signed in (fault no. 2)', async () => {
  const reload = vi.fn<() => void>();
  vi.stubGlobal('location', { reload });
  pageBelongsTo(person);
  const refusal = Response.json(
    { type: 'other-person', title: '', status: 403, detail: '' },
    { status: 403, headers: { 'content-type': 'application/problem+json' } },
  );
  await expect(sent(routes.readNotifications, refusal)).rejects.toBeInstanceOf(ProblemError);
  expect(reload).toHaveBeenCalledTimes(1);
  pageBelongsTo(person);
  expect(reload).toHaveBeenCalledTimes(1);
  pageBelongsTo(other);
  expect(reload).toHaveBeenCalledTimes(2);
});
