import { and, asc, desc, eq, gt, inArray, isNotNull } from 'drizzle-orm';
import type { Notification } from '#shared/contract/notification.ts';
import { dayOf } from '#shared/domain/day.ts';
import { choicesOf, stillTheirs } from '#server/db/notifications.ts';
import { digests, notifications, people, records, scopes } from '#server/db/schema.ts';
import { command } from '../command.ts';

/** The digest mailed to a person on a day. */
export interface Digest {
  person: string;
  name: string;
  email: string;
  day: string;
  /** Everything up to this time is included. */
  upTo: string;
  news: {
    scope: { id: string; name: string };
    record: Notification['record'];
    told: Pick<Notification, 'kind' | 'params'>;
  }[];
}

/** Maximum age of the notifications in a digest, in milliseconds; it also limits a person's first digest. */
const longest = 7 * 86_400_000;
const mostNews = 100;

/**
 * Claims a person's digest of the day and gathers it: their notifications since the last digest that was sent, of the
 * kinds they want by mail. Null if any process already claimed the day's digest, or if there is nothing new.
 */
export const claimDigest = command(
  'take-digest',
  async (ctx, { person }: { person: string }): Promise<Digest | null> => {
    const day = dayOf(ctx.now, 'UTC');
    const claimed = await ctx.tx.insert(digests).values({ personId: person, day }).onConflictDoNothing().returning();
    if (claimed.length === 0) return null;
    const wanted = (await choicesOf(ctx.tx, person)).filter(({ email }) => email).map(({ kind }) => kind);
    if (wanted.length === 0) return null;
    const [[addressee], [last]] = await Promise.all([
      ctx.tx.select({ name: people.name, email: people.email }).from(people).where(eq(people.id, person)),
      ctx.tx
        .select({ sentAt: digests.sentAt })
        .from(digests)
        .where(and(eq(digests.personId, person), isNotNull(digests.sentAt)))
        .orderBy(desc(digests.day))
        .limit(1),
    ]);
    const since = new Date(Math.max(last?.sentAt?.getTime() ?? 0, ctx.now.getTime() - longest));
    const rows = await ctx.tx
      .select({ told: notifications, reference: records.reference, scope: scopes.name })
      .from(notifications)
      .innerJoin(records, eq(records.id, notifications.recordId))
      .innerJoin(scopes, eq(scopes.id, notifications.scopeId))
      .where(
        and(
          eq(notifications.personId, person),
          gt(notifications.at, since),
          inArray(notifications.kind, wanted),
          stillTheirs,
        ),
      )
      .orderBy(asc(notifications.id))
      .limit(mostNews);
    if (!addressee || rows.length === 0) return null;
    return {
      person,
      ...addressee,
      day,
      upTo: (rows.length < mostNews ? ctx.now : rows.at(-1)!.told.at).toISOString(),
      news: rows.map(({ told: { scopeId, recordId, kind, params }, reference, scope }) => ({
        scope: { id: scopeId, name: scope },
        record: { id: recordId, reference },
        told: { kind, params },
      })),
    };
  },
);
