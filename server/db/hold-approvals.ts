import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Tx } from './client.ts';
import { approvals } from './schema.ts';

/**
 * For records that come to hang on approvals: these stay as they are until the transaction ends. A change of one waits,
 * and then finds the records among those it carries.
 */
export async function holdApprovals(tx: Tx, organisationId: string, numbers: readonly (string | null | undefined)[]) {
  const named = [...new Set(numbers.flatMap((number) => number ?? []))];
  if (named.length === 0) return;
  await tx
    .select({ id: approvals.id })
    .from(approvals)
    .where(and(eq(approvals.organisationId, organisationId), inArray(approvals.number, named)))
    .orderBy(asc(approvals.id))
    .for('key share');
}
