import { randomUUID } from 'node:crypto';
import { routes } from '#shared/contract/routes/all.ts';
import type { Route } from '#shared/contract/routes/route.ts';
import { removePerson } from '#server/commands/people/remove.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { signedIn, stranger, type Client } from './client.ts';
import { everyRequest, type EveryRequest } from './every-request.ts';
import { addMember, by } from './seed-organisation.ts';
import type { TestContext } from './context.ts';

export type RouteKey = keyof typeof routes;
export const routeOf = (name: string): Route => routes[name as RouteKey];

/** People for whom the organisation does not exist, each with their own session. */
export interface OutsiderClients {
  /** The administrator of another organisation. */
  elsewhere: Client;
  /** Led the scope until the membership ended. */
  former: Client;
  /** A member of the organisation without a duty in the scope; may read what belongs to the organisation. */
  dutiless: Client;
  nobody: Client;
}

export async function outsiders({ users, server }: TestContext): Promise<OutsiderClients> {
  const { organisation, scope, admin } = users;
  const joined = (name: string) => addMember(server.services, organisation, name, `${randomUUID()}@works.example`);
  const former = await joined('Left Long');
  await setDuties(server.services, by(admin), { scope, person: former.id, from: [], to: ['lead'] });
  await removePerson(server.services, by(admin), { organisation, person: former.id });
  // Their sessions ended with the membership; this one simulates a leftover session.
  const session = await signedIn(server, former);
  const dutiless = await signedIn(server, await joined('New Here'));
  return { elsewhere: users.elsewhere.admin, former: session, dutiless, nobody: stranger(server) };
}

/** Sends a request as somebody; `changes` replaces parts of it. */
export async function sendAs(
  client: Client,
  name: string,
  { params, query, body, file }: Omit<EveryRequest, 'by'>,
): Promise<{ status: number; text: string }> {
  const { method, path } = routeOf(name);
  const address = path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params?.[key] ?? ''));
  const response = await client.fetch(query ? `${address}?${new URLSearchParams(query)}` : address, {
    method: method.toUpperCase(),
    headers: {
      ...(method === 'get' ? {} : { 'operation-id': randomUUID() }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'get' ? {} : { body: file ?? (body === undefined ? null : JSON.stringify(body)) }),
  });
  return { status: response.status, text: await response.text() };
}

/** Routes about the caller alone: separate tests cover what they must not show or touch. */
export const ownRoutes: RouteKey[] = [
  'getSelf',
  'listScopes',
  'listNotifications',
  'readNotifications',
  'listNotificationChoices',
  'chooseNotifications',
];

/** Routes about a scope: members without a duty in it get 404. */
const ofScope = /\{(scope|record|import|standup|waiver|operation)\}/;

/** A bulk operation answers 200 with one result per item. */
const sets: string[] = ['moveRecords', 'handOverRecords', 'changeExceptions'] satisfies RouteKey[];

/**
 * Calls a route on an existing resource as everybody who may not, then as one who may. Returns the faults; empty if
 * every outsider got the answer of a missing resource.
 */
export async function accessFaults(ctx: TestContext, people: OutsiderClients, name: string): Promise<string[]> {
  const route = routeOf(name);
  const request = await everyRequest[name as RouteKey]!(ctx);
  const { by: entitled, unable, ...ask } = request;
  const faults: string[] = [];
  const expectStatus = async (who: string, client: Client, statuses: number[], sent = ask) => {
    const { status, text } = await sendAs(client, name, sent);
    if (!statuses.includes(status)) faults.push(`${name} answered ${who} ${status}: ${text.slice(0, 200)}`);
    return text;
  };
  if (!route.open) await expectStatus('nobody', people.nobody, [401]);
  if (!route.open && route.path.includes('{')) {
    const bare = { params: ask.params, query: ask.query };
    for (const who of ['elsewhere', 'former'] as const) {
      await expectStatus(who, people[who], [404]);
      if (route.body) await expectStatus(`${who} without a body`, people[who], [400, 404], bare);
    }
    if (ofScope.test(route.path)) await expectStatus('dutiless', people.dutiless, [404]);
  }
  if (unable) {
    const text = await expectStatus('unable', unable, sets.includes(name) ? [200] : [403]);
    if (sets.includes(name) && !/"type":"forbidden"|"rule":"O\d\d"/.test(text))
      faults.push(`${name} let the unable do it: ${text.slice(0, 200)}`);
  }
  if (faults.length === 0) await expectStatus('the entitled', entitled, [200]);
  return faults;
}
