import { eq } from 'drizzle-orm';
import { enqueueRejudge } from '#server/db/rejudge-queue.ts';
import { members, people, records } from '#server/db/schema.ts';
import { command } from '../command.ts';
import { NotFound, Stale } from '../errors.ts';
import { trailsAround } from './trails-around.ts';

/**
 * Changes the actor's own name. Records that the person signs are rejudged: an approval lists its signatories by name.
 * Throws NotFound for a person who belongs to no organisation, and Stale.
 */
export const changeName = command(
  'change-name',
  async (ctx, { from, to }: { from: string; to: string }): Promise<{ name: string }> => {
    const { id } = ctx.actor!;
    const [person] = await ctx.tx.select({ name: people.name }).from(people).where(eq(people.id, id)).for('update');
    if (person!.name !== from) throw new Stale('name', person!.name);
    const memberships = await ctx.tx
      .select({ organisation: members.organisationId })
      .from(members)
      .where(eq(members.personId, id));
    if (memberships.length === 0) throw new NotFound('organisation');
    if (from === to) return { name: to };
    await ctx.tx.update(people).set({ name: to, updatedAt: ctx.now }).where(eq(people.id, id));
    await enqueueRejudge(ctx.tx, eq(records.signatoryId, id), 'signatory renamed', ctx.now);
    for (const { organisation } of memberships) {
      for (const trail of await trailsAround(ctx.tx, organisation, id)) {
        ctx.record({ trail, kind: 'person.renamed', body: { person: id, before: from, after: to } });
      }
    }
    return { name: to };
  },
);
