import { describe, expect, test } from 'vitest';
import { setDuties } from '#server/commands/set-duties.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { addMember, by } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const route = 'delete /api/organisations/{organisation}/people/{person}';

async function member(): Promise<Client> {
  const { cast, server } = ground;
  const person = await addMember(server.services, cast.organisation, 'Mia Roth', freshEmail());
  await setDuties(server.services, by(cast.admin), {
    scope: cast.scope,
    person: person.id,
    from: [],
    to: ['reviewer'],
  });
  return signedIn(server, person);
}
const remove = (person: { id: string }) => ({
  params: { organisation: ground.cast.organisation, person: person.id },
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'person.removed',
    ground,
    occasion: async () => ({ by: ground.cast.admin, ask: remove(await member()), trail: ground.cast.organisation }),
  }));

test('ends membership and duties, with an event on both trails; nothing is theirs any more', async () => {
  const { cast, server } = ground;
  const person = await member();
  const { left } = await eventsOf(server.db, cast.scope, () => cast.admin.call(route, remove(person)));
  expect(left).toMatchObject([
    { kind: 'duties.changed', body: { person: person.id, before: ['reviewer'], after: [] } },
  ]);
  expect((await person.call('get /api/self', {})).memberships).toEqual([]);
  expect((await person.call('get /api/scopes', {})).scopes).toEqual([]);
  for (const path of [`/api/scopes/${cast.scope}/board`, `/api/organisations/${cast.organisation}/people`]) {
    expect((await person.fetch(path)).status).toBe(404);
  }
});

test('[M06] nobody removes themselves', async () => {
  const { cast, server } = ground;
  const problem = await withoutTrace(server.db, () => cast.admin.refused(route, remove(cast.admin)));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M06' }] });
});

test('[O04] takes an administrator', async () => {
  const { cast, server } = ground;
  const person = await member();
  const problem = await withoutTrace(server.db, () => cast.lead.refused(route, remove(person)));
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O04' }] });
});

test('who is no member is not found', async () => {
  const { cast, server } = ground;
  const problem = await withoutTrace(server.db, () => cast.admin.refused(route, remove(cast.elsewhere.admin)));
  expect(problem).toMatchObject({ status: 404 });
});
