import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { assignNextAction } from '#server/commands/records/assign-next-action.ts';
import { moveRecord } from '#server/commands/records/move.ts';
import { removePerson } from '#server/commands/people/remove.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import type { Services } from '#server/commands/command.ts';
import { addMember, by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();

/** The server with a failing feed, and the messages it should have published. */
function deaf() {
  const published: string[] = [];
  const told: string[] = [];
  const services: Services = {
    ...ctx.server.services,
    publish: (trail) => {
      published.push(trail);
      throw new Error('the feed failed');
    },
    tell: (people) => {
      told.push(...people);
      throw new Error('the feed failed');
    },
  };
  return { services, published, told };
}

test('a publish that throws after the commit changes no answer, and the command is not run again (fault D13)', async () => {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  const { services, published } = deaf();
  const call = { ...by(users.lead), operation: randomUUID() };
  const input = { record: id, from: 'intake' as const, to: 'intake' as const, after: null };
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { answer, left } = await eventsOf(server.db, users.scope, () => moveRecord(services, call, input));
  expect(answer.card.id).toBe(id);
  expect(left).toMatchObject([{ kind: 'record.moved', recordId: id }]);
  expect(published).toEqual([users.scope]);
  expect(logged.mock.calls.flat().join()).toContain('announcing what was committed');
  logged.mockRestore();
  expect(await expectNoWrites(server.db, () => moveRecord(services, call, input))).toEqual(answer);
});

test('a publish failure on one trail does not affect other trails and the notified people (fault D13)', async () => {
  const { users, server } = ctx;
  const { organisation, scope, admin } = users;
  const { id } = await addMember(server.services, organisation, 'Leaves Soon', freshEmail());
  await setDuties(server.services, by(admin), { scope, person: id, from: [], to: ['observer'] });
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const removing = deaf();
  await removePerson(removing.services, by(admin), { organisation, person: id });
  expect(removing.published.sort()).toEqual([organisation, scope].sort());
  const { id: record } = await newRecord(users);
  const giving = deaf();
  // Only a lead may take the next action of a record in Intake.
  const other = await addMember(server.services, organisation, 'Leads Too', freshEmail());
  await setDuties(server.services, by(admin), { scope, person: other.id, from: [], to: ['lead'] });
  const next = { record, from: null, to: other.id, what: 'look', due: null };
  await assignNextAction(giving.services, by(users.lead), next);
  expect(giving.told).toEqual([other.id]);
  logged.mockRestore();
});
