import { and, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { stillTheirs } from '#server/db/notifications.ts';
import { notifications } from '#server/db/schema.ts';
import { command } from './command.ts';

/** Says that a person has seen what they were told, or wants to see it again; null: all of it. Of others' it changes nothing. Leaves no event: it is theirs. */
export const readNotifications = command(
  'read-notifications',
  async (
    act,
    { notifications: ids, read }: { notifications: readonly string[] | null; read: boolean },
  ): Promise<{ unread: number }> => {
    const mine = and(eq(notifications.personId, act.actor!.id), stillTheirs);
    const unread = and(mine, isNull(notifications.readAt));
    await act.tx
      .update(notifications)
      .set({ readAt: read ? act.now : null })
      .where(and(read ? unread : mine, ids ? inArray(notifications.id, [...ids]) : read ? undefined : sql`false`));
    const [left] = await act.tx.select({ unread: count() }).from(notifications).where(unread);
    return { unread: left!.unread };
  },
);
