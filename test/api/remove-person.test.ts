import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Duty } from '#shared/contract/duty.ts';
import { setDuties } from '#server/commands/set-duties.ts';
import { writeDocument } from '#server/documents/write-document.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { addMember, by } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { newRecord } from '#test/support/records.ts';
import { say } from '#test/support/reader.ts';
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
  let person = await member();
  const { left } = await eventsOf(server.db, cast.scope, () => cast.admin.call(route, remove(person)));
  expect(left).toMatchObject([
    { kind: 'duties.changed', body: { person: person.id, before: ['reviewer'], after: [] } },
  ]);
  // They belong nowhere now, so they were signed out.
  expect(await person.refused('get /api/self', {})).toMatchObject({ type: 'signed-out' });
  person = await signedIn(server, person);
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

test('reads no notification of before and gets no answer of an operation again (fault S19)', async () => {
  const { cast, server } = ground;
  let person = await member();
  const { id: record, reference } = await newRecord(cast);
  await writeDocument(server.services, { id: cast.lead.id, name: cast.lead.name }, record, (doc) => {
    say({ doc }, cast.lead, `@[${person.id}] please look.`);
  });
  const raise = {
    params: { record },
    body: { kind: 'other', cause: 'paint', waitingFor: null, blocks: 'review', owner: null, until: null },
    operation: randomUUID(),
  } as const;
  await person.call('post /api/records/{record}/exceptions', raise);
  const inbox = await person.call('get /api/notifications', { query: {} });
  expect(inbox).toMatchObject({ unread: 1, notifications: [{ record: { reference } }] });
  await cast.admin.call(route, remove(person));
  person = await signedIn(server, person);
  expect(await person.call('get /api/notifications', { query: {} })).toEqual({
    notifications: [],
    unread: 0,
    next: null,
  });
  expect(await person.call('post /api/notifications/read', { body: { notifications: null } })).toEqual({ unread: 0 });
  const again = await withoutTrace(server.db, () => person.refused('post /api/records/{record}/exceptions', raise));
  expect(again).toMatchObject({ status: 404 });
});

test('a member who lost every duty of a scope does not read what they were told there (fault S19)', async () => {
  const { cast, server } = ground;
  const person = await member();
  const { id: record } = await newRecord(cast);
  await writeDocument(server.services, { id: cast.lead.id, name: cast.lead.name }, record, (doc) => {
    say({ doc }, cast.lead, `@[${person.id}] please look.`);
  });
  const set = (from: Duty[], to: Duty[]) =>
    setDuties(server.services, by(cast.admin), { scope: cast.scope, person: person.id, from, to });
  await set(['reviewer'], []);
  expect(await person.call('get /api/notifications', { query: {} })).toMatchObject({ unread: 0, notifications: [] });
  await set([], ['observer']);
  expect(await person.call('get /api/notifications', { query: {} })).toMatchObject({ unread: 1 });
});
