import { and, eq, sql } from 'drizzle-orm';
import type { Finding } from '#shared/contract/finding.ts';
import { accessToScope, type ScopeAccess } from '#server/db/access.ts';
import { people, standupItems, standupPeople, standups } from '#server/db/schema.ts';
import type { CommandContext } from '../command.ts';
import { NotFound, Refused, Stale } from '../errors.ts';

type StandupRow = typeof standups.$inferSelect;

export interface LoadedStandup extends ScopeAccess {
  standup: StandupRow;
}

/**
 * Locks a standup, to change it or only to keep it unchanged. Throws NotFound if it does not exist for the actor, and
 * Refused if it has ended.
 */
export async function loadStandupForUpdate(
  ctx: CommandContext,
  id: string,
  hold: 'update' | 'share' = 'update',
): Promise<LoadedStandup> {
  const [standup] = ctx.actor ? await ctx.tx.select().from(standups).where(eq(standups.id, id)).for(hold) : [];
  const access = standup && (await accessToScope(ctx.tx, ctx.actor!.id, standup.scopeId));
  if (!access) throw new NotFound('standup');
  if (standup.endedAt) throw new Refused([hasEnded]);
  return { standup, ...access };
}

/** Throws Stale if another term has begun, and Refused if the actor does not lead. */
export async function requireLeader(
  ctx: CommandContext,
  { standup, actor }: LoadedStandup,
  term: number,
): Promise<void> {
  const { leaderId: leader, position } = standup;
  if (standup.term !== term) throw new Stale('standupLead', { leader, term: standup.term, position });
  if (leader !== actor.id) throw new Refused([{ ...notLeading, params: { leader: await nameOf(ctx, leader) } }]);
}

export async function nameOf(ctx: CommandContext, person: string): Promise<string> {
  const [row] = await ctx.tx.select({ name: people.name }).from(people).where(eq(people.id, person));
  return row!.name;
}

/** Marks a person as present, also after they left. Returns whether they were absent before. */
export async function markPresent(ctx: CommandContext, standup: string, person: string): Promise<boolean> {
  const written = await ctx.tx
    .insert(standupPeople)
    .values({ standupId: standup, personId: person, joinedAt: ctx.now })
    .onConflictDoUpdate({
      target: [standupPeople.standupId, standupPeople.personId],
      set: { leftAt: null },
      setWhere: sql`${standupPeople.leftAt} is not null`,
    })
    .returning();
  return written.length > 0;
}

/** Adds the time since the current item was opened to that item, and returns it, in whole seconds. */
export async function countTime(ctx: CommandContext, { id, position, positionSince }: StandupRow): Promise<number> {
  const seconds = Math.max(0, Math.round((ctx.now.getTime() - positionSince.getTime()) / 1000));
  await ctx.tx
    .update(standupItems)
    .set({ seconds: sql`${standupItems.seconds} + ${seconds}` })
    .where(and(eq(standupItems.standupId, id), eq(standupItems.position, position)));
  return seconds;
}

/** M35. */
const hasEnded: Finding = { rule: 'M35', key: 'standup.ended', params: {}, severity: 'error', entry: null, mend: [] };

/** M33. */
const notLeading: Finding = {
  rule: 'M33',
  key: 'standup.leader',
  params: {},
  severity: 'error',
  entry: null,
  mend: [],
};
