import { randomUUID } from 'node:crypto';
import { expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { Duty } from '#shared/contract/duty.ts';
import { visit } from './board.ts';
import { violations, watchPolicy } from './page-faults.ts';
import { sampleApprovals } from '#shared/domain/samples/approvals.ts';
import { spawnServer, type SpawnedServer } from './server.ts';

/**
 * First number of the invented vehicles of a file: each file has its own range of a hundred, and a worker restarted
 * after a failure continues with unused numbers.
 */
export const vehiclesFrom = (number: number): number => number + 25_000 * Number(process.env['TEST_WORKER_INDEX'] ?? 0);

const password = 'correct horse battery';

export interface Member {
  name: string;
  email: string;
  id: string;
  duties: Duty[];
  /** Calls the API as this person. */
  api(method: string, path: string, body?: unknown): Promise<any>;
  /** A page of their own browser, signed in. */
  open(browser: Browser, path: string, options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
}

export interface Fixture {
  server: SpawnedServer;
  organisation: string;
  lead: Member;
  owner: Member;
  reviewer: Member;
  preparer: Member;
  signatory: Member;
  observer: Member;
  /** Two more members of the organisation, without duties until a test assigns one. */
  guests: [Member, Member];
  /** A separate scope for each test. */
  scope: string;
}

type Cast = Omit<Fixture, 'scope'>;

/**
 * One server and one organisation per worker; one scope per test, and its browsers close with it. All people join
 * through regular invitations.
 */
export const test = base.extend<{ fixture: Fixture }, { users: Cast }>({
  users: [
    async ({}, use) => {
      const server = await spawnServer();
      await use(await gather(server));
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  fixture: async ({ users, browser }, use) => {
    const prefix = `T${Math.random().toString(36).slice(2, 6).toUpperCase()}`;
    const { scope } = await users.lead.api('POST', `/api/organisations/${users.organisation}/scopes`, {
      name: `Rollout ${prefix}`,
      prefix,
    });
    for (const { id, duties } of [users.owner, users.reviewer, users.preparer, users.signatory, users.observer]) {
      await users.lead.api('PUT', `/api/scopes/${scope}/people/${id}/duties`, { from: [], to: duties });
    }
    if (!registered.has(users.organisation)) await registerApprovals(users);
    await use({ ...users, scope });
    expect(violations.splice(0), 'stopped by the content security policy').toEqual([]);
    await Promise.all(browser.contexts().map((context) => context.close()));
  },
});

const registered = new Set<string>();

/**
 * The approvals that the sample vehicles reference. The lead of a scope keeps the register, so there has to be one
 * first.
 */
async function registerApprovals({ lead, organisation }: Cast): Promise<void> {
  registered.add(organisation);
  for (const approval of sampleApprovals()) {
    await lead.api('POST', `/api/organisations/${organisation}/approvals`, approval);
  }
}

async function gather(server: SpawnedServer): Promise<Cast> {
  const founder = { name: 'Ada Lindqvist', email: 'ada@works.example', password };
  const token = server.setupLink!.split('/').at(-1)!;
  const { organisation, person } = await ask(server, '', 'POST', `/api/setup/${token}`, {
    organisation: 'Nordic Works',
    ...founder,
  });
  const lead = member(server, {
    ...founder,
    id: person,
    duties: ['lead'],
    cookie: await signIn(server, founder.email),
  });
  const invite = async (name: string, duties: Duty[]): Promise<Member> => {
    const email = `${name.split(' ')[0]!.toLowerCase()}@works.example`;
    const { link } = await lead.api('POST', `/api/organisations/${organisation}/invitations`, {
      email,
      admin: false,
      scope: null,
      duties: [],
    });
    const joined = await ask(server, '', 'POST', `/api/invitations/${link.split('/').at(-1)}`, { name, password });
    return member(server, { name, email, id: joined.person, duties, cookie: await signIn(server, email) });
  };
  return {
    server,
    organisation,
    lead,
    owner: await invite('Bruno Costa', ['dataOwner']),
    reviewer: await invite('Chen Wei', ['reviewer']),
    preparer: await invite('Dana Novak', ['outputPreparer']),
    signatory: await invite('Freya Holm', ['signatory']),
    observer: await invite('Emil Okafor', ['observer']),
    guests: [await invite('Gita Rao', ['dataOwner']), await invite('Hugo Lund', ['reviewer'])],
  };
}

function member(
  server: SpawnedServer,
  { cookie, ...person }: Omit<Member, 'api' | 'open'> & { cookie: string; password?: string },
): Member {
  return {
    ...person,
    api: (method, path, body) => ask(server, cookie, method, path, body),
    async open(browser, path, options) {
      const context: BrowserContext = await browser.newContext(options);
      watchPolicy(context);
      await context.addCookies(
        cookie.split('; ').map((pair) => {
          const at = pair.indexOf('=');
          return {
            name: pair.slice(0, at),
            value: pair.slice(at + 1),
            url: server.url,
            httpOnly: true,
          };
        }),
      );
      const page = await context.newPage();
      await visit(page, server.url + path);
      return page;
    },
  };
}

async function signIn(server: SpawnedServer, email: string): Promise<string> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email, password }),
  };
  const response = await untilAvailable(() => fetch(`${server.url}/api/auth/sign-in/email`, request));
  if (!response.ok) throw new Error(`sign-in of ${email}: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** Retries a request while the database is away, which happens now and then with `E2E_RESTARTS`. */
async function untilAvailable(send: () => Promise<Response>): Promise<Response> {
  for (;;) {
    const response = await send();
    if (response.status !== 503 || !process.env['E2E_RESTARTS']) return response;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

async function ask(server: SpawnedServer, cookie: string, method: string, path: string, body?: unknown): Promise<any> {
  const request = {
    method,
    headers: { 'content-type': 'application/json', 'operation-id': randomUUID(), cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const response = await untilAvailable(() => fetch(server.url + path, request));
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}
