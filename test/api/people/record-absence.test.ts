import { describe, expect, test } from 'vitest';
import type { Person } from '#shared/contract/person.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { addMember } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer({ now: () => new Date('2026-11-25T09:00:00Z') });
const record = 'post /api/organisations/{organisation}/people/{person}/absences';
const remove = 'delete /api/organisations/{organisation}/people/{person}/absences/{absence}';
const member = () => addMember(ctx.server.services, ctx.users.organisation, 'Mia Roth', freshEmail());
const days = (person: Pick<Person, 'id'>, from: string, until: string) => ({
  params: { organisation: ctx.users.organisation, person: person.id },
  body: { from, until },
});
const without = (person: Pick<Person, 'id'>, absence: string) => ({
  params: { organisation: ctx.users.organisation, person: person.id, absence },
});
const absencesOf = async (person: Pick<Person, 'id'>, seenBy: Client = ctx.users.observer) => {
  const { people } = await seenBy.call('get /api/scopes/{scope}', { params: { scope: ctx.users.scope } });
  return people.find(({ id }) => id === person.id)!.absences.map(({ from, until }) => [from, until]);
};

describe('recording, as every verb', () =>
  commandContract({
    route: record,
    kind: 'absence.changed',
    ctx,
    occasion: async () => ({
      by: ctx.users.lead,
      ask: days(await member(), '2026-12-01', '2026-12-04'),
      trail: ctx.users.organisation,
    }),
  }));

describe('removing, as every verb', () =>
  commandContract({
    route: remove,
    kind: 'absence.changed',
    ctx,
    occasion: async () => {
      const person = await member();
      const { absence } = await ctx.users.lead.call(record, days(person, '2026-12-01', '2026-12-04'));
      return { by: ctx.users.lead, ask: without(person, absence.id), trail: ctx.users.organisation };
    },
  }));

test('a person’s own absence is visible to everybody of the scope, recorded on its trail, and gone when removed', async () => {
  const { users, server } = ctx;
  const { answer, left } = await eventsOf(server.db, users.scope, () =>
    users.observer.call(record, days(users.observer, '2026-11-30', '2026-12-04')),
  );
  await users.observer.call(record, days(users.observer, '2026-11-25', '2026-11-25'));
  expect(left.map(({ kind, body }) => [kind, body])).toEqual([
    [
      'absence.changed',
      { person: users.observer.id, before: null, after: { from: '2026-11-30', until: '2026-12-04' } },
    ],
  ]);
  expect(await absencesOf(users.observer, users.lead)).toEqual([
    ['2026-11-25', '2026-11-25'],
    ['2026-11-30', '2026-12-04'],
  ]);
  await users.observer.call(remove, without(users.observer, answer.absence.id));
  expect(await absencesOf(users.observer)).toEqual([['2026-11-25', '2026-11-25']]);
  expect(await users.observer.refused(remove, without(users.observer, answer.absence.id))).toMatchObject({
    status: 404,
  });
});

test('a past absence is no longer shown', async () => {
  const { users } = ctx;
  const person = await member();
  await users.admin.call('put /api/scopes/{scope}/people/{person}/duties', {
    params: { scope: users.scope, person: person.id },
    body: { from: [], to: ['observer'] },
  });
  await users.lead.call(record, days(person, '2026-11-20', '2026-11-25'));
  expect(await absencesOf(person)).toHaveLength(1);
  ctx.server.services.now = () => new Date('2026-11-26T09:00:00Z');
  expect(await absencesOf(person)).toEqual([]);
  ctx.server.services.now = () => new Date('2026-11-25T09:00:00Z');
});

test('[O01] only the lead of a scope or an administrator records another person’s absence', async () => {
  const { users, server } = ctx;
  const person = await member();
  await expectNoWrites(server.db, async () => {
    for (const other of [users.reviewer, users.observer]) {
      expect(await other.refused(record, days(person, '2026-12-01', '2026-12-02'))).toMatchObject({
        status: 403,
        findings: [{ rule: 'O01' }],
      });
    }
  });
  const { absence } = await users.admin.call(record, days(person, '2026-12-01', '2026-12-02'));
  await expectNoWrites(server.db, async () => {
    expect(await users.reviewer.refused(remove, without(person, absence.id))).toMatchObject({ status: 403 });
    expect(await users.lead.refused(remove, without(users.reviewer, absence.id))).toMatchObject({ status: 404 });
  });
  const self = await signedIn(server, person);
  await self.call(remove, without(person, absence.id));
});

test('[M28] refuses an absence with days in wrong order, in the past, too long, or already recorded', async () => {
  const { users, server } = ctx;
  const person = await member();
  await users.lead.call(record, days(person, '2026-12-01', '2026-12-05'));
  await expectNoWrites(server.db, async () => {
    for (const [from, until, why] of [
      ['2026-12-20', '2026-12-19', 'order'],
      ['2026-11-20', '2026-11-24', 'over'],
      ['2027-01-01', '2028-01-02', 'long'],
      ['2026-12-05', '2026-12-08', 'overlaps'],
    ] as const) {
      expect(await users.lead.refused(record, days(person, from, until))).toMatchObject({
        status: 422,
        findings: [{ rule: 'M28', params: { why } }],
      });
    }
  });
});

test('[M28] of two concurrent overlapping absences one is recorded', async () => {
  const { users } = ctx;
  const person = await member();
  const asked = await Promise.allSettled(
    ['2026-12-01', '2026-12-02'].map((from) => users.lead.call(record, days(person, from, '2026-12-05'))),
  );
  expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a member of another organisation is not found', async () => {
  const { users, server } = ctx;
  await expectNoWrites(server.db, async () => {
    const ask = days(users.elsewhere.admin, '2026-12-01', '2026-12-02');
    expect(await users.admin.refused(record, ask)).toMatchObject({ status: 404 });
  });
});
