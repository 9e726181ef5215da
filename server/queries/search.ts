import { and, eq } from 'drizzle-orm';
import type { FoundRecord } from '#shared/contract/record.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { records } from '#server/db/schema.ts';
import { hasText } from './board.ts';

const most = 20;

/** The records of a scope that match a text; the one whose reference is the text comes first. Throws NotFound. */
export async function foundRecords(
  db: Db,
  personId: string,
  scopeId: string,
  text: string,
): Promise<{ records: FoundRecord[] }> {
  if (!(await accessToScope(db, personId, scopeId))) throw new NotFound('scope');
  const condition = eq(records.scopeId, scopeId);
  // Matches are read without an order, so that the database reads no other rows.
  const [named, holding] = await Promise.all([
    db
      .select(shown)
      .from(records)
      .where(and(condition, eq(records.reference, text.toUpperCase()))),
    db
      .select(shown)
      .from(records)
      .where(and(condition, hasText(text)))
      .limit(most),
  ]);
  const others = holding
    .filter(({ id }) => id !== named[0]?.id)
    .toSorted((a, b) => a.reference.localeCompare(b.reference, 'en', { numeric: true }));
  return { records: [...named, ...others].slice(0, most) };
}

const shown = {
  id: records.id,
  reference: records.reference,
  stage: records.stage,
  make: records.make,
  type: records.type,
  commercialName: records.commercialName,
  vin: records.vin,
};
