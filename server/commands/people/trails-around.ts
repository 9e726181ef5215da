import { and, eq } from 'drizzle-orm';
import type { Tx } from '#server/db/driver/client.ts';
import { scopeDuties, scopes } from '#server/db/schema.ts';

/**
 * The organisation's trail, and the trail of every scope in which a person has a duty: both receive events about the
 * person.
 */
export async function trailsAround(tx: Tx, organisation: string, person: string): Promise<string[]> {
  const among = await tx
    .selectDistinct({ scope: scopes.id })
    .from(scopes)
    .innerJoin(scopeDuties, eq(scopeDuties.scopeId, scopes.id))
    .where(and(eq(scopes.organisationId, organisation), eq(scopeDuties.personId, person)));
  return [organisation, ...among.map(({ scope }) => scope)];
}
