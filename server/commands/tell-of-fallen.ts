import { and, eq, inArray } from 'drizzle-orm';
import type { RecordRow } from '#server/db/records.ts';
import { notifications, scopeDuties } from '#server/db/schema.ts';
import type { Act } from './command.ts';

/** A record that stood where it is, and no longer does. */
interface Fallen {
  after: RecordRow;
  cause: string;
}

/** Tells the data owner of each record, and the leads of its scope, once each time it falls. */
export async function tellOfFallen({ tx, now }: Act, fallen: readonly Fallen[]): Promise<void> {
  if (fallen.length === 0) return;
  const leads = await tx
    .select({ scope: scopeDuties.scopeId, person: scopeDuties.personId })
    .from(scopeDuties)
    .where(
      and(
        eq(scopeDuties.duty, 'lead'),
        inArray(scopeDuties.scopeId, [...new Set(fallen.map(({ after }) => after.scopeId))]),
      ),
    );
  const leadsOf = Map.groupBy(leads, ({ scope }) => scope);
  const told = fallen.flatMap(({ after, cause }) => {
    const owner = after.dataOwnerId === null ? [] : [after.dataOwnerId];
    const people = new Set([...owner, ...(leadsOf.get(after.scopeId) ?? []).map(({ person }) => person)]);
    return [...people].map((personId) => ({
      personId,
      kind: 'record.fallen' as const,
      scopeId: after.scopeId,
      recordId: after.id,
      params: { reference: after.reference, cause, approval: after.approval ?? '' },
      at: now,
      occasion: `record.fallen ${after.id} ${after.version}`,
    }));
  });
  if (told.length > 0) await tx.insert(notifications).values(told).onConflictDoNothing();
}
