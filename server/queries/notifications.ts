import { and, count, desc, eq, isNull, lt } from 'drizzle-orm';
import type { Notification, NotificationKind } from '#shared/contract/notification.ts';
import type { Db } from '#server/db/driver/client.ts';
import { stillTheirs } from '#server/db/notifications.ts';
import { notifications, records } from '#server/db/schema.ts';

const page = 30;

/** A person's notifications, newest first, and the number of unread ones. */
export async function notificationsOf(
  db: Db,
  person: string,
  { after, kind, unread }: { after?: string; kind?: NotificationKind; unread?: boolean },
): Promise<{ notifications: Notification[]; unread: number; next: string | null }> {
  const mine = and(eq(notifications.personId, person), stillTheirs);
  const [rows, [unseen]] = await Promise.all([
    db
      .select({ told: notifications, reference: records.reference })
      .from(notifications)
      .innerJoin(records, eq(records.id, notifications.recordId))
      .where(
        and(
          mine,
          after ? lt(notifications.id, after) : undefined,
          kind ? eq(notifications.kind, kind) : undefined,
          unread ? isNull(notifications.readAt) : undefined,
        ),
      )
      .orderBy(desc(notifications.id))
      .limit(page + 1),
    db
      .select({ unread: count() })
      .from(notifications)
      .where(and(mine, isNull(notifications.readAt))),
  ]);
  const shown = rows
    .slice(0, page)
    .map(({ told: { id, kind, scopeId, recordId, params, at, readAt }, reference }): Notification => ({
      id,
      kind,
      scope: scopeId,
      record: { id: recordId, reference },
      params,
      at: at.toISOString(),
      readAt: readAt && readAt.toISOString(),
    }));
  return { notifications: shown, unread: unseen!.unread, next: rows.length > page ? shown.at(-1)!.id : null };
}
