import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { handOver } from '#server/commands/hand-over.ts';
import { moveRecord } from '#server/commands/move-record.ts';
import { removePerson } from '#server/commands/remove-person.ts';
import { setDuties } from '#server/commands/set-duties.ts';
import type { Services } from '#server/commands/command.ts';
import { addMember, by } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { newRecord } from '#test/support/records.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';

const ground = standOn();

/** The server with a feed that fails, and what it was to announce. */
function deaf() {
  const published: string[] = [];
  const told: string[] = [];
  const services: Services = {
    ...ground.server.services,
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
  const { cast, server } = ground;
  const { id } = await newRecord(cast);
  const { services, published } = deaf();
  const call = { ...by(cast.lead), operation: randomUUID() };
  const input = { record: id, from: 'intake' as const, to: 'intake' as const, after: null };
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { answer, left } = await eventsOf(server.db, cast.scope, () => moveRecord(services, call, input));
  expect(answer.card.id).toBe(id);
  expect(left).toMatchObject([{ kind: 'record.moved', recordId: id }]);
  expect(published).toEqual([cast.scope]);
  expect(logged.mock.calls.flat().join()).toContain('announcing what was committed');
  logged.mockRestore();
  expect(await withoutTrace(server.db, () => moveRecord(services, call, input))).toEqual(answer);
});

test('what one trail fails to hear, the other trails and the people concerned still do (fault D13)', async () => {
  const { cast, server } = ground;
  const { organisation, scope, admin, lead } = cast;
  const { id } = await addMember(server.services, organisation, 'Leaves Soon', freshEmail());
  await setDuties(server.services, by(admin), { scope, person: id, from: [], to: ['observer'] });
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const removing = deaf();
  await removePerson(removing.services, by(admin), { organisation, person: id });
  expect(removing.published.sort()).toEqual([organisation, scope].sort());
  const { id: record } = await newRecord(cast);
  const giving = deaf();
  const next = { record, from: null, to: lead.id, what: 'look', due: null };
  await handOver(giving.services, by(cast.dataOwner), next);
  expect(giving.told).toEqual([lead.id]);
  logged.mockRestore();
});
