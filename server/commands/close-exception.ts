import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Card } from '#shared/contract/record.ts';
import { exceptions } from '#server/db/schema.ts';
import { command } from './command.ts';
import { NotFound, Stale } from './errors.ts';
import { allowOn, openRecord } from './open-record.ts';
import { settleRecord } from './settle-record.ts';

interface Input {
  record: string;
  exception: string;
  resolution: string;
}

/** Closes an exception with how it was resolved. Throws Stale where somebody closed it before, Forbidden, NotFound. */
export const closeException = command('close-exception', async (act, input: Input): Promise<{ card: Card }> => {
  const open = await openRecord(act, input.record);
  const { row, scope, actor } = open;
  allowOn(open, 'raiseExceptions');
  const here = and(eq(exceptions.recordId, row.id), eq(exceptions.id, input.exception));
  const [exception] = await act.tx.select().from(exceptions).where(here);
  if (!exception) throw new NotFound('exception');
  if (exception.closedAt) throw new Stale('exception', exception.resolution);
  await act.tx
    .update(exceptions)
    .set({ closedAt: act.now, closedBy: actor.id, resolution: input.resolution })
    .where(here);
  const [remaining] = await act.tx
    .select({ cause: exceptions.cause })
    .from(exceptions)
    .where(and(eq(exceptions.recordId, row.id), isNull(exceptions.closedAt)))
    .orderBy(asc(exceptions.since))
    .limit(1);
  const card = await settleRecord(act.tx, row, act.now, {
    openExceptions: row.openExceptions - 1,
    blockedBy: remaining?.cause ?? null,
  });
  act.record({
    trail: scope.id,
    kind: 'exception.closed',
    record: { id: row.id, reference: row.reference },
    body: { exception: exception.id, cause: exception.cause, resolution: input.resolution },
    card,
  });
  return { card };
});
