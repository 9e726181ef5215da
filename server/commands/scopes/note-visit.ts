import { and, eq } from 'drizzle-orm';
import { dayOf } from '#shared/domain/day.ts';
import { accessToScope } from '#server/db/access.ts';
import { visits } from '#server/db/schema.ts';
import { lastSeq } from '#server/db/trail.ts';
import { command } from '../command.ts';
import { NotFound } from '../errors.ts';

/** An absence longer than this, in milliseconds, ends a visit. */
const away = 30 * 60_000;

/**
 * Stores how far a person has seen a board. A person who returns after an absence, or on another day, begins a new
 * visit; what they had seen before it is kept. Records no event: the data is personal. Throws NotFound.
 */
export const noteVisit = command(
  'note-visit',
  async (
    { tx, actor, now },
    { scope, seq }: { scope: string; seq: number },
  ): Promise<{ seqBefore: number; atBefore: string }> => {
    const person = actor!.id;
    const access = await accessToScope(tx, person, scope);
    if (!access) throw new NotFound('scope');
    const { timeZone } = access.scope;
    const seen = Math.min(seq, await lastSeq(tx, scope));
    const first = { scopeId: scope, personId: person, seq: seen, at: now, seqBefore: seen, atBefore: now };
    await tx.insert(visits).values(first).onConflictDoNothing();
    const mine = and(eq(visits.scopeId, scope), eq(visits.personId, person));
    const [last] = await tx.select().from(visits).where(mine).for('update');
    const { at, seqBefore, atBefore } = last!;
    const begins = now.getTime() - at.getTime() > away || dayOf(now, timeZone) !== dayOf(at, timeZone);
    const before = begins ? { seqBefore: last!.seq, atBefore: at } : { seqBefore, atBefore };
    await tx
      .update(visits)
      .set({ ...before, seq: Math.max(seen, last!.seq), at: now })
      .where(mine);
    return { seqBefore: before.seqBefore, atBefore: before.atBefore.toISOString() };
  },
);
