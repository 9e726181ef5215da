import { describe, expect, test } from 'vitest';
import type { Duty } from '#shared/contract/duty.ts';
import type { Person } from '#shared/contract/person.ts';
import { signedIn } from '#test/support/client.ts';
import { addMember } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const route = 'put /api/scopes/{scope}/people/{person}/duties';
const member = () => addMember(ground.server.services, ground.cast.organisation, 'Mia Roth', freshEmail());
const set = (person: Person, from: Duty[], to: Duty[]) => ({
  params: { scope: ground.cast.scope, person: person.id },
  body: { from, to },
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'duties.changed',
    ground,
    occasion: async () => ({
      by: ground.cast.lead,
      ask: set(await member(), [], ['observer']),
      trail: ground.cast.scope,
    }),
  }));

test('the duties open the scope to a member, and an empty list shuts it', async () => {
  const { cast, server } = ground;
  const person = await member();
  const client = await signedIn(server, person);
  const params = { scope: cast.scope };
  expect(await client.refused('get /api/scopes/{scope}', { params })).toMatchObject({ status: 404 });
  const { answer, left } = await eventsOf(server.db, cast.scope, () =>
    cast.lead.call(route, set(person, [], ['reviewer', 'dataOwner', 'reviewer'])),
  );
  expect(answer.duties).toEqual(['dataOwner', 'reviewer']);
  expect(left[0]!.body).toEqual({ person: person.id, before: [], after: ['dataOwner', 'reviewer'] });
  expect((await client.call('get /api/scopes/{scope}', { params })).own.duties).toEqual(
    expect.arrayContaining(['dataOwner', 'reviewer']),
  );
  await cast.admin.call(route, set(person, ['reviewer', 'dataOwner'], []));
  expect(await client.refused('get /api/scopes/{scope}', { params })).toMatchObject({ status: 404 });
});

test('is stale where the duties are not what the caller saw', async () => {
  const { cast, server } = ground;
  const person = await member();
  await cast.lead.call(route, set(person, [], ['observer']));
  const problem = await withoutTrace(server.db, () => cast.lead.refused(route, set(person, [], ['reviewer'])));
  expect(problem).toMatchObject({ status: 409, current: ['observer'] });
});

test('[O01] takes the lead or an administrator', async () => {
  const { cast, server } = ground;
  const person = await member();
  await withoutTrace(server.db, async () => {
    for (const other of [cast.dataOwner, cast.observer]) {
      expect(await other.refused(route, set(person, [], ['lead']))).toMatchObject({ status: 403 });
    }
  });
});

test('a person of another organisation is not found', async () => {
  const { cast, server } = ground;
  const problem = await withoutTrace(server.db, () =>
    cast.admin.refused(route, set(cast.elsewhere.admin, [], ['observer'])),
  );
  expect(problem).toMatchObject({ status: 404 });
});
