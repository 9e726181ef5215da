import { and, asc, eq, exists, inArray, lt, ne, notExists, or, sql } from 'drizzle-orm';
import { todaysOf } from '#server/db/organisation-days.ts';
import { notificationChoices, notifications, records, scopeDuties, scopes } from '#server/db/schema.ts';
import { command } from '../command.ts';

const occasionOf = (record: string, due: string) => `action overdue ${record} ${due}`;
/** Actions per run. */
export const atOnce = 500;

/**
 * Notifies the owners of overdue next actions, once per record and due day, regardless of how often this runs. Handles
 * one batch; the next run handles the next one. The query leaves out owners who cannot be notified (no duty in the
 * scope any more, or notifications turned off): every run would select them again and starve the others.
 */
export const announceOverdue = command('announce-overdue', async (ctx): Promise<{ told: number }> => {
  const days = await todaysOf(ctx.tx, ctx.now);
  if (days.length === 0) return { told: 0 };
  const one = { one: sql`1` };
  const open = ctx.tx.select({ id: scopes.id }).from(scopes).where(ne(scopes.state, 'closed'));
  const told = ctx.tx
    .select(one)
    .from(notifications)
    .where(
      and(
        eq(notifications.personId, records.actionOwnerId),
        eq(notifications.occasion, sql`'action overdue ' || ${records.id} || ' ' || ${records.dueOn}`),
      ),
    );
  const unwanted = ctx.tx
    .select(one)
    .from(notificationChoices)
    .where(
      and(
        eq(notificationChoices.personId, records.actionOwnerId),
        eq(notificationChoices.kind, 'action.overdue'),
        eq(notificationChoices.inbox, false),
        eq(notificationChoices.email, false),
      ),
    );
  const belongs = ctx.tx
    .select(one)
    .from(scopeDuties)
    .where(and(eq(scopeDuties.scopeId, records.scopeId), eq(scopeDuties.personId, records.actionOwnerId)));
  const overdue = await ctx.tx
    .select({ id: records.id, scope: records.scopeId, owner: records.actionOwnerId, due: records.dueOn })
    .from(records)
    .where(
      and(
        inArray(records.scopeId, open),
        or(
          ...days.map(({ today, organisations }) =>
            and(inArray(records.organisationId, organisations), lt(records.dueOn, today)),
          ),
        ),
        ne(records.stage, 'archive'),
        exists(belongs),
        notExists(told),
        notExists(unwanted),
      ),
    )
    .orderBy(asc(records.dueOn), asc(records.id))
    .limit(atOnce);
  for (const { id, scope, owner, due } of overdue) {
    ctx.notify({
      people: [owner!],
      kind: 'action.overdue',
      scope,
      record: id,
      params: { due: due! },
      occasion: occasionOf(id, due!),
    });
  }
  return { told: overdue.length };
});
