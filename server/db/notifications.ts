import { and, eq, inArray, sql } from 'drizzle-orm';
import type { NotificationKind } from '#shared/contract/notification.ts';
import type { Duty } from '#shared/contract/duty.ts';
import type { NotificationChoice } from '#shared/contract/notification.ts';
import { defaultChannels } from '#shared/domain/notification-kinds.ts';
import type { Db, Tx } from './driver/client.ts';
import { members, notificationChoices, notifications, scopeDuties, scopes } from './schema.ts';

/** A notification to send. People without a duty in the scope do not receive it. */
export interface NewNotification {
  people: readonly string[];
  kind: NotificationKind;
  scope: string;
  record: string;
  params: Record<string, string | number>;
  /** Deduplication key: a person receives one notification per occasion. */
  occasion: string;
}

/** Writes notifications and returns the people who have a new unread one. */
export async function notify(tx: Tx, pending: readonly NewNotification[], now: Date): Promise<string[]> {
  const named = [...new Set(pending.flatMap(({ people }) => people))];
  if (named.length === 0) return [];
  const [held, ways] = await Promise.all([
    tx
      .select({ scope: scopeDuties.scopeId, person: scopeDuties.personId })
      .from(scopeDuties)
      .where(inArray(scopeDuties.personId, named)),
    waysOf(tx, named),
  ]);
  const belongs = new Set(held.map(({ scope, person }) => `${scope} ${person}`));
  const rows = pending.flatMap(({ people, scope, record, ...told }) =>
    [...new Set(people)]
      .filter((person) => belongs.has(`${scope} ${person}`))
      .map((personId) => ({
        ...told,
        personId,
        scopeId: scope,
        recordId: record,
        at: now,
        ...ways(personId, told.kind),
      }))
      .filter(({ inbox, email }) => inbox || email)
      // A notification that is only mailed never counts as unread.
      .map(({ inbox, email: _, ...row }) => ({ ...row, readAt: inbox ? null : now })),
  );
  if (rows.length === 0) return [];
  const written = await tx
    .insert(notifications)
    .values(rows)
    .onConflictDoNothing()
    .returning({ person: notifications.personId, readAt: notifications.readAt });
  return [...new Set(written.flatMap(({ person, readAt }) => (readAt ? [] : person)))];
}

/** Whether the person may still see the scope of a notification. Past notifications do not outlive that access. */
export const stillTheirs = sql`exists (select 1 from ${scopes} as seen
  join ${members} as belonging on belonging.organisation_id = seen.organisation_id
  where seen.id = ${notifications.scopeId} and belonging.person_id = ${notifications.personId}
    and (belonging.admin or exists (select 1 from ${scopeDuties} as held
      where held.scope_id = seen.id and held.person_id = belonging.person_id)))`;

/** The channels per person and kind: the person's choice, or the default. */
async function waysOf(tx: Tx, people: readonly string[]) {
  const chosen = await tx
    .select()
    .from(notificationChoices)
    .where(inArray(notificationChoices.personId, [...people]));
  const of = new Map(chosen.map(({ personId, kind, inbox, email }) => [`${personId} ${kind}`, { inbox, email }]));
  return (person: string, kind: NotificationKind) => of.get(`${person} ${kind}`) ?? defaultChannels[kind];
}

/** The channels of every kind for a person. */
export async function choicesOf(tx: Db | Tx, person: string): Promise<NotificationChoice[]> {
  const chosen = await tx.select().from(notificationChoices).where(eq(notificationChoices.personId, person));
  return (Object.keys(defaultChannels) as NotificationKind[]).map((kind) => {
    const { inbox, email } = chosen.find((choice) => choice.kind === kind) ?? defaultChannels[kind];
    return { kind, inbox, email };
  });
}

/** Everybody who has one of the duties in a scope. */
export async function holdersOf(tx: Tx, scope: string, duties: readonly Duty[]): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ person: scopeDuties.personId })
    .from(scopeDuties)
    .where(and(eq(scopeDuties.scopeId, scope), inArray(scopeDuties.duty, [...duties])));
  return rows.map(({ person }) => person);
}
