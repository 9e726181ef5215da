import { eq } from 'drizzle-orm';
import type { Finding } from '#shared/contract/finding.ts';
import { permissionDenial } from '#shared/domain/ownership.ts';
import { standups } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { assertAllowed, Refused, Stale } from '../errors.ts';
import { markPresent, nameOf, loadStandupForUpdate } from './load.ts';

/** A leader without a connection keeps the lead for this many seconds: a page that reloads reconnects sooner. */
export const leaderWaitedFor = 5;

interface Input {
  standup: string;
  term: number;
  /** The number of seconds for which a person has had no connection to a standup; null: they have one. */
  secondsAway(standup: string, person: string): Promise<number | null>;
}

/**
 * Takes over the lead; the position on the agenda stays. A lead of the scope may do so immediately, others only when
 * the leader is away. Throws Stale if another term has begun, Forbidden, and Refused if the leader is present.
 */
export const takeLead = command('lead-standup', async (ctx, input: Input): Promise<{ standup: string }> => {
  const { standup, scope, actor } = await loadStandupForUpdate(ctx, input.standup);
  const { id, leaderId: leader, position, term } = standup;
  if (term !== input.term) throw new Stale('standupLead', { leader, term, position });
  assertAllowed(permissionDenial('leadStandups', actor));
  if (leader === actor.id) return { standup: id };
  const away = actor.duties.includes('lead') ? Infinity : ((await input.secondsAway(id, leader)) ?? 0);
  if (away < leaderWaitedFor) {
    throw new Refused([{ ...leaderIsThere, params: { leader: await nameOf(ctx, leader), seconds: leaderWaitedFor } }]);
  }
  await ctx.tx
    .update(standups)
    .set({ leaderId: actor.id, term: term + 1 })
    .where(eq(standups.id, id));
  await markPresent(ctx, id, actor.id);
  ctx.record({
    trail: scope.id,
    kind: 'standup.led',
    body: { standup: id, term: term + 1, before: leader, after: actor.id, position },
  });
  return { standup: id };
});

/** M34. */
const leaderIsThere: Finding = {
  rule: 'M34',
  key: 'standup.leaderThere',
  params: {},
  severity: 'error',
  entry: null,
  mend: ['lead'],
};
