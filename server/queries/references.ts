import { and, eq, inArray } from 'drizzle-orm';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { records } from '#server/db/schema.ts';

const atOnce = 50;

/** The records of a scope with these references. Throws NotFound. */
export async function referencedRecords(
  db: Db,
  personId: string,
  scopeId: string,
  names: readonly string[],
): Promise<{ records: { id: string; reference: string }[] }> {
  if (!(await accessToScope(db, personId, scopeId))) throw new NotFound('scope');
  const rows = await db
    .select({ id: records.id, reference: records.reference })
    .from(records)
    .where(and(eq(records.scopeId, scopeId), inArray(records.reference, names.slice(0, atOnce))));
  return { records: rows };
}
