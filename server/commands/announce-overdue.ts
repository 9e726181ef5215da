import { and, asc, eq, inArray, isNotNull, lt, ne, notExists, sql } from 'drizzle-orm';
import { dayOf } from '#shared/domain/day.ts';
import { notificationChoices, notifications, records, scopes } from '#server/db/schema.ts';
import { command } from './command.ts';

const occasionOf = (record: string, due: string) => `action overdue ${record} ${due}`;
const atOnce = 500;

/**
 * Tells the owners of next actions that are past their day, each once for a record and a day, however often this runs.
 * Takes a number at once; the next run takes the next ones.
 */
export const announceOverdue = command('announce-overdue', async (act): Promise<null> => {
  const today = dayOf(act.now);
  const open = act.tx.select({ id: scopes.id }).from(scopes).where(ne(scopes.state, 'closed'));
  const told = act.tx
    .select({ one: sql`1` })
    .from(notifications)
    .where(
      and(
        eq(notifications.personId, records.actionOwnerId),
        eq(notifications.occasion, sql`'action overdue ' || ${records.id} || ' ' || ${records.dueOn}`),
      ),
    );
  const unwanted = act.tx
    .select({ one: sql`1` })
    .from(notificationChoices)
    .where(
      and(
        eq(notificationChoices.personId, records.actionOwnerId),
        eq(notificationChoices.kind, 'action.overdue'),
        eq(notificationChoices.inbox, false),
        eq(notificationChoices.email, false),
      ),
    );
  const overdue = await act.tx
    .select({ id: records.id, scope: records.scopeId, owner: records.actionOwnerId, due: records.dueOn })
    .from(records)
    .where(
      and(
        inArray(records.scopeId, open),
        isNotNull(records.dueOn),
        lt(records.dueOn, today),
        isNotNull(records.actionOwnerId),
        ne(records.stage, 'archive'),
        notExists(told),
        notExists(unwanted),
      ),
    )
    .orderBy(asc(records.dueOn))
    .limit(atOnce);
  for (const { id, scope, owner, due } of overdue) {
    act.notify({
      people: [owner!],
      kind: 'action.overdue',
      scope,
      record: id,
      params: { due: due! },
      occasion: occasionOf(id, due!),
    });
  }
  return null;
});
