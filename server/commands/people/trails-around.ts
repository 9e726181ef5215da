import { and, eq } from 'drizzle-orm';
import type { Tx } from '#server/db/driver/client.ts';
import { scopeDuties, scopes } from '#server/db/schema.ts';

/** The organisation's trail, and that of every scope in which a person has a duty: what is about them is news there. */
export async function trailsAround(tx: Tx, organisation: string, person: string): Promise<string[]> {
  const among = await tx
    .selectDistinct({ scope: scopes.id })
    .from(scopes)
    .innerJoin(scopeDuties, eq(scopeDuties.scopeId, scopes.id))
    .where(and(eq(scopes.organisationId, organisation), eq(scopeDuties.personId, person)));
  return [organisation, ...among.map(({ scope }) => scope)];
}
