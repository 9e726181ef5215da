import { and, eq, inArray } from 'drizzle-orm';
import type { NotificationKind } from '#shared/contract/notification.ts';
import type { Duty } from '#shared/contract/duty.ts';
import type { Tx } from './client.ts';
import { notifications, scopeDuties } from './schema.ts';

/** Something people are told; who has no duty in the scope is not. */
export interface NewNotification {
  people: readonly string[];
  kind: NotificationKind;
  scope: string;
  record: string;
  params: Record<string, string | number>;
  /** Names what it is about: told twice under one name, a person reads it once. */
  occasion: string;
}

/** Writes what people are told, and answers whom there is something new for. */
export async function notify(tx: Tx, pending: readonly NewNotification[], now: Date): Promise<string[]> {
  const named = [...new Set(pending.flatMap(({ people }) => people))];
  if (named.length === 0) return [];
  const held = await tx
    .select({ scope: scopeDuties.scopeId, person: scopeDuties.personId })
    .from(scopeDuties)
    .where(inArray(scopeDuties.personId, named));
  const belongs = new Set(held.map(({ scope, person }) => `${scope} ${person}`));
  const rows = pending.flatMap(({ people, scope, record, ...told }) =>
    [...new Set(people)]
      .filter((person) => belongs.has(`${scope} ${person}`))
      .map((personId) => ({ ...told, personId, scopeId: scope, recordId: record, at: now })),
  );
  if (rows.length === 0) return [];
  const written = await tx
    .insert(notifications)
    .values(rows)
    .onConflictDoNothing()
    .returning({ person: notifications.personId });
  return [...new Set(written.map(({ person }) => person))];
}

/** Everybody who holds one of the duties in a scope. */
export async function holdersOf(tx: Tx, scope: string, duties: readonly Duty[]): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ person: scopeDuties.personId })
    .from(scopeDuties)
    .where(and(eq(scopeDuties.scopeId, scope), inArray(scopeDuties.duty, [...duties])));
  return rows.map(({ person }) => person);
}
