import { and, eq, isNull } from 'drizzle-orm';
import { standupPeople, standups } from '#server/db/schema.ts';
import { command } from './command.ts';
import { NotFound } from './errors.ts';
import { openStandup } from './open-standup.ts';

interface Input {
  standup: string;
  /** Whose connections are gone, where the system says so; left out: the actor. */
  person?: string;
}

/** Somebody leaves a standup, which goes on. Who is not there stays away. Throws NotFound, and Refused where it has ended. */
export const leaveStandup = command('leave-standup', async (act, input: Input): Promise<{ standup: string }> => {
  const standup = act.actor
    ? (await openStandup(act, input.standup, 'share')).standup
    : (await act.tx.select().from(standups).where(eq(standups.id, input.standup)).for('share'))[0];
  const person = act.actor?.id ?? input.person;
  if (!standup || !person) throw new NotFound('standup');
  const left = await act.tx
    .update(standupPeople)
    .set({ leftAt: act.now })
    .where(
      and(eq(standupPeople.standupId, standup.id), eq(standupPeople.personId, person), isNull(standupPeople.leftAt)),
    )
    .returning();
  if (left.length > 0) {
    act.record({
      trail: standup.scopeId,
      kind: 'standup.left',
      body: { standup: standup.id, person, away: act.actor === null },
    });
  }
  return { standup: standup.id };
});
