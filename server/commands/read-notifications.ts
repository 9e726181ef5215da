import { and, count, eq, inArray, isNull } from 'drizzle-orm';
import { notifications } from '#server/db/schema.ts';
import { command } from './command.ts';

/** Says that a person has seen what they were told; null: all of it. Of others' it changes nothing. Leaves no event: it is theirs. */
export const readNotifications = command(
  'read-notifications',
  async (act, { notifications: ids }: { notifications: readonly string[] | null }): Promise<{ unread: number }> => {
    const mine = and(eq(notifications.personId, act.actor!.id), isNull(notifications.readAt));
    await act.tx
      .update(notifications)
      .set({ readAt: act.now })
      .where(and(mine, ids ? inArray(notifications.id, [...ids]) : undefined));
    const [left] = await act.tx.select({ unread: count() }).from(notifications).where(mine);
    return { unread: left!.unread };
  },
);
