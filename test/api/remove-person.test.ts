import { randomUUID } from 'node:crypto';
import type { Duty } from '#shared/contract/duty.ts';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { records } from '#server/db/schema.ts';
import { handOverAllDeparted } from '#server/jobs/hand-over-departed.ts';
import { setDuties } from '#server/commands/set-duties.ts';
import { writeDocument } from '#server/documents/write-document.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { addMember, by } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { say } from '#test/support/reader.ts';
import { move, newRecord } from '#test/support/records.ts';
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
  body: null,
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

test('a member who lost every duty of a scope gets no answer of an operation there again, and takes nothing back (fault S19)', async () => {
  const { cast, server } = ground;
  const person = await member();
  const { id: record } = await newRecord(cast);
  const set = (from: Duty[], to: Duty[]) =>
    setDuties(server.services, by(cast.admin), { scope: cast.scope, person: person.id, from, to });
  await set(['reviewer'], ['lead']);
  const body = { from: 'intake' as const, to: 'intake' as const, after: null };
  const move = { params: { record }, body, operation: randomUUID() };
  const answer = await person.call('post /api/records/{record}/move', move);
  expect(await person.call('post /api/records/{record}/move', move)).toEqual(answer);
  await set(['lead'], []);
  await withoutTrace(server.db, async () => {
    expect(await person.refused('post /api/records/{record}/move', move)).toMatchObject({ status: 404 });
    const back = { params: { operation: move.operation } };
    expect(await person.refused('post /api/operations/{operation}/take-back', back)).toMatchObject({ status: 404 });
  });
  await set([], ['observer']);
  expect(await person.call('post /api/records/{record}/move', move)).toEqual(answer);
});

test('open work of an ended member goes to the successor where they may have it, and to nobody else (faults P5, S19)', async () => {
  const { cast, server } = ground;
  const person = await member();
  await setDuties(server.services, by(cast.admin), {
    scope: cast.scope,
    person: person.id,
    from: ['reviewer'],
    to: ['reviewer', 'dataOwner'],
  });
  const card = await newRecord(cast);
  for (const duty of ['dataOwner', 'reviewer'] as const)
    await cast.lead.call('post /api/records/{record}/duties', {
      params: { record: card.id },
      body: { duty, from: null, to: person.id },
    });
  await move(cast.lead, card, 'data');
  await cast.lead.call('post /api/records/{record}/exceptions', {
    params: { record: card.id },
    body: { kind: 'other', cause: 'Scales broken', waitingFor: null, owner: person.id, until: null },
  });
  const owner = async () =>
    (await cast.lead.call('get /api/records/{record}', { params: { record: card.id } })).card.nextAction.owner;
  expect(await owner()).toBe(person.id);
  await cast.admin.call(route, { ...remove(person), body: { successor: cast.dataOwner.id } });
  await handOverAllDeparted(server.services);
  const { card: now, exceptions } = await cast.lead.call('get /api/records/{record}', { params: { record: card.id } });
  expect(now.duties).toMatchObject({ dataOwner: cast.dataOwner.id, reviewer: null });
  expect(now.nextAction.owner).toBe(cast.dataOwner.id);
  expect(exceptions.map(({ owner }) => owner)).toEqual([cast.dataOwner.id]);
  const { events } = await cast.lead.call('get /api/scopes/{scope}/activity', {
    params: { scope: cast.scope },
    query: { record: card.id },
  });
  expect(
    events.filter(({ body }) => 'departed' in body && body.departed).map(({ kind, actor }) => [kind, actor?.id]),
  ).toEqual([
    ['record.handedOver', cast.admin.id],
    ['exception.changed', cast.admin.id],
    ['record.assigned', cast.admin.id],
    ['record.assigned', cast.admin.id],
  ]);
  await withoutTrace(server.db, () => handOverAllDeparted(server.services));
});

test('without a successor it is unassigned, and pile, filter and agenda agree on it; the archive is left out (fault P5)', async () => {
  const { cast, server } = ground;
  const person = await member();
  await setDuties(server.services, by(cast.admin), {
    scope: cast.scope,
    person: person.id,
    from: ['reviewer'],
    to: ['lead'],
  });
  const [open, archived] = [await newRecord(cast), await newRecord(cast)];
  for (const { id } of [open, archived])
    await cast.lead.call('post /api/records/{record}/next-action', {
      params: { record: id },
      body: { from: null, to: person.id, what: 'Weigh it', due: null },
    });
  await server.db.update(records).set({ stage: 'archive', actionOwnerId: null }).where(eq(records.id, archived.id));
  await setDuties(server.services, by(cast.admin), { scope: cast.scope, person: person.id, from: ['lead'], to: [] });
  await handOverAllDeparted(server.services);
  const params = { scope: cast.scope };
  const { columns } = await cast.lead.call('get /api/scopes/{scope}/board', { params, query: { unowned: true } });
  const unowned = columns.flatMap(({ cards }) => cards.map(({ id }) => id));
  expect(unowned).toContain(open.id);
  expect(unowned).not.toContain(archived.id);
  const { loads } = await cast.lead.call('get /api/scopes/{scope}/handing', { params });
  expect(loads.some((load) => load.person === person.id)).toBe(false);
  const agenda = await cast.lead.call('get /api/scopes/{scope}/agenda', { params });
  const item = agenda.items.find(({ card }) => card.id === open.id);
  expect(item?.reasons.map(({ kind }) => kind)).toContain('unowned');
});

test('a former member keeps their name for the scope (fault no. 19)', async () => {
  const { cast } = ground;
  const person = await member();
  const before = await cast.observer.call('get /api/scopes/{scope}', { params: { scope: cast.scope } });
  expect(before.former.some(({ id }) => id === person.id)).toBe(false);
  await cast.admin.call(route, remove(person));
  const { former } = await cast.observer.call('get /api/scopes/{scope}', { params: { scope: cast.scope } });
  expect(former).toContainEqual({ id: person.id, name: 'Mia Roth' });
});
