import { and, count, eq, inArray, isNull, sql } from 'drizzle-orm';
import { stillTheirs } from '#server/db/notifications.ts';
import { notifications } from '#server/db/schema.ts';
import { command } from '../command.ts';

/**
 * Marks notifications of a person as read or unread; null: all of them. Never changes those of other people. Records no
 * event: the state is personal.
 */
export const readNotifications = command(
  'read-notifications',
  async (
    ctx,
    { notifications: ids, read }: { notifications: readonly string[] | null; read: boolean },
  ): Promise<{ unread: number }> => {
    const mine = and(eq(notifications.personId, ctx.actor!.id), stillTheirs);
    const unread = and(mine, isNull(notifications.readAt));
    await ctx.tx
      .update(notifications)
      .set({ readAt: read ? ctx.now : null })
      .where(and(read ? unread : mine, ids ? inArray(notifications.id, [...ids]) : read ? undefined : sql`false`));
    const [left] = await ctx.tx.select({ unread: count() }).from(notifications).where(unread);
    return { unread: left!.unread };
  },
);
