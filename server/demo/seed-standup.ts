import { and, eq } from 'drizzle-orm';
import { dayAfter, dayOf } from '#shared/domain/day.ts';
import type { Person } from '#shared/contract/person.ts';
import type { StandupDecision } from '#shared/contract/standup.ts';
import type { z } from 'zod';
import { decideInStandup } from '#server/commands/standups/decide.ts';
import { endStandup } from '#server/commands/standups/end.ts';
import { joinStandup } from '#server/commands/standups/join.ts';
import { startStandup } from '#server/commands/standups/start.ts';
import { goToItem } from '#server/commands/standups/go-to-item.ts';
import { gatherAgenda } from '#server/db/agenda.ts';
import { records, standupItems } from '#server/db/schema.ts';
import type { Cast } from './users.ts';
import type { DemoStep } from './step.ts';

type Decision = z.output<typeof StandupDecision>;

/** Of the six records on its agenda, one stays undecided and the last is not reached. */
const size = 6;
const decisions: readonly ((release: string | null, today: string) => Decision | null)[] = [
  (from, today) => ({ kind: 'releaseDate', from, to: dayAfter(today, 12) }),
  () => ({ kind: 'nothing', note: 'Comes with the next export of the plant' }),
  () => ({ kind: 'escalated', note: 'The supplier has not answered for a week' }),
  () => null,
  () => ({ kind: 'nothing', note: null }),
];

/** One past standup, as steps with their offset in milliseconds from its start. */
export function seedStandup(scope: string, cast: Cast): { after: number; step: DemoStep }[] {
  const by = (actor: Person) => ({ actor, operation: null });
  let standup = '';
  const start: DemoStep = async (services) => {
    const { items } = await gatherAgenda(services.db, { id: scope, timeZone: 'UTC' }, services.now());
    const named = items.slice(0, size).map(({ id }) => id);
    const boxes = { recordBox: 120, totalBox: 900 };
    ({ standup } = await startStandup(services, by(cast.lead), { scope, records: named, ...boxes }));
    for (const person of [cast.dataOwner, cast.reviewer, cast.outputPreparer])
      await joinStandup(services, by(person), { standup });
  };
  const decide =
    (position: number): DemoStep =>
    async (services) => {
      const [item] = await services.db
        .select({ release: records.releaseOn })
        .from(standupItems)
        .innerJoin(records, eq(records.id, standupItems.recordId))
        .where(and(eq(standupItems.standupId, standup), eq(standupItems.position, position)));
      const decision = decisions[position]!(item!.release, dayOf(services.now(), 'UTC'));
      if (decision) await decideInStandup(services, by(cast.lead), { standup, position, from: null, decision });
    };
  const walk =
    (from: number): DemoStep =>
    (services) =>
      goToItem(services, by(cast.lead), { standup, term: 1, from, to: from + 1 });
  const minutes = decisions.flatMap((_, position) => [
    { after: position * 100_000 + 60_000, step: decide(position) },
    ...(position + 1 < decisions.length ? [{ after: position * 100_000 + 95_000, step: walk(position) }] : []),
  ]);
  const end: DemoStep = (services) => endStandup(services, by(cast.lead), { standup, term: 1 });
  return [{ after: 0, step: start }, ...minutes, { after: decisions.length * 100_000, step: end }];
}
