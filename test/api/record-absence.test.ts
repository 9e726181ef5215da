import { describe, expect, test } from 'vitest';
import type { Person } from '#shared/contract/person.ts';
import { signedIn, type Client } from '#test/support/client.ts';
import { addMember } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn({ now: () => new Date('2026-11-25T09:00:00Z') });
const record = 'post /api/organisations/{organisation}/people/{person}/absences';
const remove = 'delete /api/organisations/{organisation}/people/{person}/absences/{absence}';
const member = () => addMember(ground.server.services, ground.cast.organisation, 'Mia Roth', freshEmail());
const days = (person: Pick<Person, 'id'>, from: string, until: string) => ({
  params: { organisation: ground.cast.organisation, person: person.id },
  body: { from, until },
});
const without = (person: Pick<Person, 'id'>, absence: string) => ({
  params: { organisation: ground.cast.organisation, person: person.id, absence },
});
const absencesOf = async (person: Pick<Person, 'id'>, seenBy: Client = ground.cast.observer) => {
  const { people } = await seenBy.call('get /api/scopes/{scope}', { params: { scope: ground.cast.scope } });
  return people.find(({ id }) => id === person.id)!.absences.map(({ from, until }) => [from, until]);
};

describe('recording, as every verb', () =>
  holdsForEveryVerb({
    route: record,
    kind: 'absence.changed',
    ground,
    occasion: async () => ({
      by: ground.cast.lead,
      ask: days(await member(), '2026-12-01', '2026-12-04'),
      trail: ground.cast.organisation,
    }),
  }));

describe('removing, as every verb', () =>
  holdsForEveryVerb({
    route: remove,
    kind: 'absence.changed',
    ground,
    occasion: async () => {
      const person = await member();
      const { absence } = await ground.cast.lead.call(record, days(person, '2026-12-01', '2026-12-04'));
      return { by: ground.cast.lead, ask: without(person, absence.id), trail: ground.cast.organisation };
    },
  }));

test('one’s own is shown to everybody of the scope, told on its trail, and gone when it is taken away', async () => {
  const { cast, server } = ground;
  const { answer, left } = await eventsOf(server.db, cast.scope, () =>
    cast.observer.call(record, days(cast.observer, '2026-11-30', '2026-12-04')),
  );
  await cast.observer.call(record, days(cast.observer, '2026-11-25', '2026-11-25'));
  expect(left.map(({ kind, body }) => [kind, body])).toEqual([
    ['absence.changed', { person: cast.observer.id, before: null, after: { from: '2026-11-30', until: '2026-12-04' } }],
  ]);
  expect(await absencesOf(cast.observer, cast.lead)).toEqual([
    ['2026-11-25', '2026-11-25'],
    ['2026-11-30', '2026-12-04'],
  ]);
  await cast.observer.call(remove, without(cast.observer, answer.absence.id));
  expect(await absencesOf(cast.observer)).toEqual([['2026-11-25', '2026-11-25']]);
  expect(await cast.observer.refused(remove, without(cast.observer, answer.absence.id))).toMatchObject({ status: 404 });
});

test('an absence that is over is not shown any more', async () => {
  const { cast } = ground;
  const person = await member();
  await cast.admin.call('put /api/scopes/{scope}/people/{person}/duties', {
    params: { scope: cast.scope, person: person.id },
    body: { from: [], to: ['observer'] },
  });
  await cast.lead.call(record, days(person, '2026-11-20', '2026-11-25'));
  expect(await absencesOf(person)).toHaveLength(1);
  ground.server.services.now = () => new Date('2026-11-26T09:00:00Z');
  expect(await absencesOf(person)).toEqual([]);
  ground.server.services.now = () => new Date('2026-11-25T09:00:00Z');
});

test('[O01] that of others takes the lead of a scope or an administrator', async () => {
  const { cast, server } = ground;
  const person = await member();
  await withoutTrace(server.db, async () => {
    for (const other of [cast.reviewer, cast.observer]) {
      expect(await other.refused(record, days(person, '2026-12-01', '2026-12-02'))).toMatchObject({
        status: 403,
        findings: [{ rule: 'O01' }],
      });
    }
  });
  const { absence } = await cast.admin.call(record, days(person, '2026-12-01', '2026-12-02'));
  await withoutTrace(server.db, async () => {
    expect(await cast.reviewer.refused(remove, without(person, absence.id))).toMatchObject({ status: 403 });
    expect(await cast.lead.refused(remove, without(cast.reviewer, absence.id))).toMatchObject({ status: 404 });
  });
  const self = await signedIn(server, person);
  await self.call(remove, without(person, absence.id));
});

test('[M28] days in no order, over, too many, or recorded already make no absence', async () => {
  const { cast, server } = ground;
  const person = await member();
  await cast.lead.call(record, days(person, '2026-12-01', '2026-12-05'));
  await withoutTrace(server.db, async () => {
    for (const [from, until, why] of [
      ['2026-12-20', '2026-12-19', 'order'],
      ['2026-11-20', '2026-11-24', 'over'],
      ['2027-01-01', '2028-01-02', 'long'],
      ['2026-12-05', '2026-12-08', 'overlaps'],
    ] as const) {
      expect(await cast.lead.refused(record, days(person, from, until))).toMatchObject({
        status: 422,
        findings: [{ rule: 'M28', params: { why } }],
      });
    }
  });
});

test('[M28] two that overlap and come at once: one is recorded', async () => {
  const { cast } = ground;
  const person = await member();
  const asked = await Promise.allSettled(
    ['2026-12-01', '2026-12-02'].map((from) => cast.lead.call(record, days(person, from, '2026-12-05'))),
  );
  expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a member of another organisation is not found', async () => {
  const { cast, server } = ground;
  await withoutTrace(server.db, async () => {
    const ask = days(cast.elsewhere.admin, '2026-12-01', '2026-12-02');
    expect(await cast.admin.refused(record, ask)).toMatchObject({ status: 404 });
  });
});
