import { describe, expect, test } from 'vitest';
import { dayOf } from '#shared/domain/day.ts';
import { assignmentDenials } from '#shared/domain/assignment.ts';
import { createOrganisation } from '#server/commands/people/create-organisation.ts';
import { announceOverdue } from '#server/commands/records/announce-overdue.ts';
import { gatherFacts } from '#server/db/facts.ts';
import { records } from '#server/db/schema.ts';
import { eq } from 'drizzle-orm';
import { useTestServer } from '#test/support/context.ts';
import { newRecord, staffedRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';
import { asking, withoutMass } from '#test/support/waivers.ts';

/** 23:30 UTC: already tomorrow in Berlin, still this afternoon in Los Angeles. */
let clock = new Date('2026-11-24T23:30:00Z');
const ctx = useTestServer({ now: () => clock });
const route = 'put /api/organisations/{organisation}/time-zone';

async function setZone(to: string) {
  const { admin, organisation, scope } = ctx.users;
  const from = (await admin.call('get /api/scopes/{scope}', { params: { scope } })).organisation.timeZone;
  await admin.call(route, { params: { organisation }, body: { from, to } });
}

describe('every verb', () =>
  commandContract({
    route,
    kind: 'organisation.timeZoneSet',
    ctx,
    occasion: async () => {
      const { admin, organisation, scope } = ctx.users;
      const from = (await admin.call('get /api/scopes/{scope}', { params: { scope } })).organisation.timeZone;
      const to = from === 'UTC' ? 'Europe/Paris' : 'UTC';
      return { by: admin, ask: { params: { organisation }, body: { from, to } }, trail: organisation };
    },
  }));

test('[M37] only an administrator sets it, to an existing zone, and from the value they saw (fault D7)', async () => {
  const { admin, lead, organisation } = ctx.users;
  await setZone('UTC');
  const ask = (from: string, to: string) => ({ params: { organisation }, body: { from, to } });
  const tries = () =>
    Promise.all([
      lead.refused(route, ask('UTC', 'Europe/Berlin')),
      admin.refused(route, ask('UTC', 'Europe/Nowhere')),
      admin.refused(route, ask('Asia/Tokyo', 'Europe/Berlin')),
    ]);
  const [forbidden, unknown, stale] = await expectNoWrites(ctx.server.db, tries);
  expect([forbidden.status, unknown.findings![0]!.rule, stale.current]).toEqual([403, 'M37', 'UTC']);
});

test('page and server agree on the day of an absence, in any server time zone (faults D7, no. 17)', async () => {
  const { lead, reviewer, organisation, scope } = ctx.users;
  await setZone('Europe/Berlin');
  const card = await staffedRecord(ctx.users);
  const { absence } = await lead.call('post /api/organisations/{organisation}/people/{person}/absences', {
    params: { organisation, person: reviewer.id },
    body: { from: '2026-11-25', until: '2026-11-26' },
  });
  const seen = await lead.call('get /api/scopes/{scope}', { params: { scope } });
  const today = dayOf(clock, seen.organisation.timeZone);
  const person = seen.people.find(({ id }) => id === reviewer.id)!;
  const preview = assignmentDenials({ ...card, stage: 'review' }, person, today);
  expect(preview.map(({ rule }) => rule)).toContain('O06');
  await lead.call('delete /api/organisations/{organisation}/people/{person}/absences/{absence}', {
    params: { organisation, person: reviewer.id, absence: absence.id },
  });
  const over = {
    params: { organisation, person: reviewer.id },
    body: { from: '2026-11-24', until: '2026-11-24' },
  };
  const path = 'post /api/organisations/{organisation}/people/{person}/absences';
  expect((await lead.refused(path, over)).findings![0]!.params).toMatchObject({ why: 'over' });
  await setZone('America/Los_Angeles');
  await lead.call(path, over);
});

test('overdue, the end of a waiver and the day of a rule follow the zone (faults D7, no. 17)', async () => {
  const { users, server } = ctx;
  clock = new Date('2026-11-28T07:51:00Z');
  const { id } = await newRecord(users);
  await users.lead.call('post /api/records/{record}/next-action', {
    params: { record: id },
    body: { from: null, to: users.lead.id, what: 'Weigh it', due: '2026-11-27' },
  });
  const overdueOf = async () => {
    const { loads } = await users.lead.call('get /api/scopes/{scope}/handing', { params: { scope: users.scope } });
    return loads.find(({ person }) => person === users.lead.id)!.overdue;
  };
  const told = async () => (await announceOverdue(server.services, { actor: null, operation: null }, undefined)).told;
  await setZone('America/Los_Angeles');
  expect([await overdueOf(), await told()]).toEqual([0, 0]);
  const record = await withoutMass(ctx);
  const ask = (endsOn: string) => asking(ctx, [record.id], { endsOn });
  const refused = await users.dataOwner.refused('post /api/scopes/{scope}/waivers', ask('2026-11-26'));
  expect(refused.status).toBe(422);
  await users.dataOwner.call('post /api/scopes/{scope}/waivers', ask('2026-11-27'));
  await setZone('Europe/Berlin');
  expect([await overdueOf(), await told()]).toEqual([1, 1]);
  const [row] = await server.db.select().from(records).where(eq(records.id, id));
  expect((await gatherFacts(server.db, [row!], clock)).get(id)!.today).toBe('2026-11-28');
});

test('its records are rejudged for the new day (fault D7)', async () => {
  const { server, users } = ctx;
  const { left } = await eventsOf(server.db, users.scope, () => setZone('Asia/Tokyo'));
  expect(left.map(({ kind, body }) => [kind, body])).toContainEqual([
    'organisation.timeZoneSet',
    { before: 'Europe/Berlin', after: 'Asia/Tokyo' },
  ]);
});

test('an organisation starts with its founder’s zone, and refuses an unknown one', async () => {
  const call = { actor: null, operation: null };
  const founder = { name: 'Ada', email: 'ada@elsewhere.example', password: 'ten letters or more', organisation: 'X' };
  await expect(
    createOrganisation(ctx.server.services, call, { ...founder, timeZone: 'Mars/Olympus' }),
  ).rejects.toMatchObject({ findings: [{ rule: 'M37' }] });
});
