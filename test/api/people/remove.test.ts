import { randomUUID } from 'node:crypto';
import type { Duty } from '#shared/contract/duty.ts';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { records } from '#server/db/schema.ts';
import { handOverAllFormerMembers } from '#server/jobs/hand-over-departed.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { writeDocument } from '#server/documents/write-document.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { addMember, by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { say } from '#test/support/reader.ts';
import { move, newRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'delete /api/organisations/{organisation}/people/{person}';

async function member(): Promise<Client> {
  const { users, server } = ctx;
  const person = await addMember(server.services, users.organisation, 'Mia Roth', freshEmail());
  await setDuties(server.services, by(users.admin), {
    scope: users.scope,
    person: person.id,
    from: [],
    to: ['reviewer'],
  });
  return signedIn(server, person);
}
const remove = (person: { id: string }) => ({
  params: { organisation: ctx.users.organisation, person: person.id },
  body: null,
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'person.removed',
    ctx,
    occasion: async () => ({ by: ctx.users.admin, ask: remove(await member()), trail: ctx.users.organisation }),
  }));

test('ends membership and duties, with an event on both trails; the person loses all access', async () => {
  const { users, server } = ctx;
  let person = await member();
  const { left } = await eventsOf(server.db, users.scope, () => users.admin.call(route, remove(person)));
  expect(left).toMatchObject([
    { kind: 'duties.changed', body: { person: person.id, before: ['reviewer'], after: [] } },
  ]);
  // They belong to no organisation now, so they were signed out.
  expect(await person.refused('get /api/self', {})).toMatchObject({ type: 'signed-out' });
  person = await signedIn(server, person);
  expect((await person.call('get /api/self', {})).memberships).toEqual([]);
  expect((await person.call('get /api/scopes', {})).scopes).toEqual([]);
  for (const path of [`/api/scopes/${users.scope}/board`, `/api/organisations/${users.organisation}/people`]) {
    expect((await person.fetch(path)).status).toBe(404);
  }
});

test('[M06] people cannot remove themselves', async () => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () => users.admin.refused(route, remove(users.admin)));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M06' }] });
});

test('[O04] requires an administrator', async () => {
  const { users, server } = ctx;
  const person = await member();
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, remove(person)));
  expect(problem).toMatchObject({ status: 403, findings: [{ rule: 'O04' }] });
});

test('a person who is not a member is not found', async () => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () => users.admin.refused(route, remove(users.elsewhere.admin)));
  expect(problem).toMatchObject({ status: 404 });
});

test('a former member reads no earlier notification and does not get the stored answer of an operation (fault S19)', async () => {
  const { users, server } = ctx;
  let person = await member();
  const { id: record, reference } = await newRecord(users);
  await writeDocument(server.services, { id: users.lead.id, name: users.lead.name }, record, (doc) => {
    say({ doc }, users.lead, `@[${person.id}] please look.`);
  });
  const raise = {
    params: { record },
    body: { kind: 'other', cause: 'paint', waitingFor: null, blocks: 'review', owner: null, until: null },
    operation: randomUUID(),
  } as const;
  await person.call('post /api/records/{record}/exceptions', raise);
  const inbox = await person.call('get /api/notifications', { query: {} });
  expect(inbox).toMatchObject({ unread: 1, notifications: [{ record: { reference } }] });
  await users.admin.call(route, remove(person));
  person = await signedIn(server, person);
  expect(await person.call('get /api/notifications', { query: {} })).toEqual({
    notifications: [],
    unread: 0,
    next: null,
  });
  expect(await person.call('post /api/notifications/read', { body: { notifications: null } })).toEqual({ unread: 0 });
  const again = await expectNoWrites(server.db, () => person.refused('post /api/records/{record}/exceptions', raise));
  expect(again).toMatchObject({ status: 404 });
});

test('a member who lost every duty of a scope does not read its notifications (fault S19)', async () => {
  const { users, server } = ctx;
  const person = await member();
  const { id: record } = await newRecord(users);
  await writeDocument(server.services, { id: users.lead.id, name: users.lead.name }, record, (doc) => {
    say({ doc }, users.lead, `@[${person.id}] please look.`);
  });
  const set = (from: Duty[], to: Duty[]) =>
    setDuties(server.services, by(users.admin), { scope: users.scope, person: person.id, from, to });
  await set(['reviewer'], []);
  expect(await person.call('get /api/notifications', { query: {} })).toMatchObject({ unread: 0, notifications: [] });
  await set([], ['observer']);
  expect(await person.call('get /api/notifications', { query: {} })).toMatchObject({ unread: 1 });
});

test('a member who lost every duty of a scope gets no stored answer of an operation there, and undoes nothing (fault S19)', async () => {
  const { users, server } = ctx;
  const person = await member();
  const { id: record } = await newRecord(users);
  const set = (from: Duty[], to: Duty[]) =>
    setDuties(server.services, by(users.admin), { scope: users.scope, person: person.id, from, to });
  await set(['reviewer'], ['lead']);
  const body = { from: 'intake' as const, to: 'intake' as const, after: null };
  const move = { params: { record }, body, operation: randomUUID() };
  const answer = await person.call('post /api/records/{record}/move', move);
  expect(await person.call('post /api/records/{record}/move', move)).toEqual(answer);
  await set(['lead'], []);
  await expectNoWrites(server.db, async () => {
    expect(await person.refused('post /api/records/{record}/move', move)).toMatchObject({ status: 404 });
    const back = { params: { operation: move.operation } };
    expect(await person.refused('post /api/operations/{operation}/take-back', back)).toMatchObject({ status: 404 });
  });
  await set([], ['observer']);
  expect(await person.call('post /api/records/{record}/move', move)).toEqual(answer);
});

test('open work of a former member goes to the successor if they may have it, and to nobody else (faults P5, S19)', async () => {
  const { users, server } = ctx;
  const person = await member();
  await setDuties(server.services, by(users.admin), {
    scope: users.scope,
    person: person.id,
    from: ['reviewer'],
    to: ['reviewer', 'dataOwner'],
  });
  const card = await newRecord(users);
  for (const duty of ['dataOwner', 'reviewer'] as const)
    await users.lead.call('post /api/records/{record}/duties', {
      params: { record: card.id },
      body: { duty, from: null, to: person.id },
    });
  await move(users.lead, card, 'data');
  await users.lead.call('post /api/records/{record}/exceptions', {
    params: { record: card.id },
    body: { kind: 'other', cause: 'Scales broken', waitingFor: null, owner: person.id, until: null },
  });
  const owner = async () =>
    (await users.lead.call('get /api/records/{record}', { params: { record: card.id } })).card.nextAction.owner;
  expect(await owner()).toBe(person.id);
  await users.admin.call(route, { ...remove(person), body: { successor: users.dataOwner.id } });
  await handOverAllFormerMembers(server.services);
  const { card: now, exceptions } = await users.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(now.duties).toMatchObject({ dataOwner: users.dataOwner.id, reviewer: null });
  expect(now.nextAction.owner).toBe(users.dataOwner.id);
  expect(exceptions.map(({ owner }) => owner)).toEqual([users.dataOwner.id]);
  const { events } = await users.lead.call('get /api/scopes/{scope}/activity', {
    params: { scope: users.scope },
    query: { record: card.id },
  });
  expect(
    events.filter(({ body }) => 'departed' in body && body.departed).map(({ kind, actor }) => [kind, actor?.id]),
  ).toEqual([
    ['record.handedOver', users.admin.id],
    ['exception.changed', users.admin.id],
    ['record.assigned', users.admin.id],
    ['record.assigned', users.admin.id],
  ]);
  await expectNoWrites(server.db, () => handOverAllFormerMembers(server.services));
});

test('without a successor the work is unassigned, and pile, filter and agenda agree; the archive is left out (fault P5)', async () => {
  const { users, server } = ctx;
  const person = await member();
  await setDuties(server.services, by(users.admin), {
    scope: users.scope,
    person: person.id,
    from: ['reviewer'],
    to: ['lead'],
  });
  const [open, archived] = [await newRecord(users), await newRecord(users)];
  for (const { id } of [open, archived])
    await users.lead.call('post /api/records/{record}/next-action', {
      params: { record: id },
      body: { from: null, to: person.id, what: 'Weigh it', due: null },
    });
  await server.db.update(records).set({ stage: 'archive', actionOwnerId: null }).where(eq(records.id, archived.id));
  await setDuties(server.services, by(users.admin), { scope: users.scope, person: person.id, from: ['lead'], to: [] });
  await handOverAllFormerMembers(server.services);
  const params = { scope: users.scope };
  const { columns } = await users.lead.call('get /api/scopes/{scope}/board', { params, query: { unowned: true } });
  const unowned = columns.flatMap(({ cards }) => cards.map(({ id }) => id));
  expect(unowned).toContain(open.id);
  expect(unowned).not.toContain(archived.id);
  const { loads } = await users.lead.call('get /api/scopes/{scope}/handing', { params });
  expect(loads.some((load) => load.person === person.id)).toBe(false);
  const agenda = await users.lead.call('get /api/scopes/{scope}/agenda', { params });
  const item = agenda.items.find(({ card }) => card.id === open.id);
  expect(item?.reasons.map(({ kind }) => kind)).toContain('unowned');
});

test('a former member keeps their name for the scope (fault no. 19)', async () => {
  const { users } = ctx;
  const person = await member();
  const before = await users.observer.call('get /api/scopes/{scope}', { params: { scope: users.scope } });
  expect(before.former.some(({ id }) => id === person.id)).toBe(false);
  await users.admin.call(route, remove(person));
  const { former } = await users.observer.call('get /api/scopes/{scope}', { params: { scope: users.scope } });
  expect(former).toContainEqual({ id: person.id, name: 'Mia Roth' });
});
