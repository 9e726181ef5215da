import { and, eq } from 'drizzle-orm';
import type { EventFact, EventKind } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import { openExceptionsOf, type ExceptionRow } from '#server/db/exceptions.ts';
import { exceptions } from '#server/db/schema.ts';
import type { Act } from './command.ts';
import { NotFound } from './errors.ts';
import { allowOn, openRecord, type OpenRecord } from './open-record.ts';
import { settleRecord } from './settle-record.ts';

/** An exception with its record, which is held: every verb on exceptions locks the record first. */
export interface OpenException extends OpenRecord {
  exception: ExceptionRow;
}

/** Throws NotFound where the record has no such exception for the actor, and Forbidden. */
export async function openException(act: Act, asked: { record: string; exception: string }): Promise<OpenException> {
  return exceptionOn(act, await openRecord(act, asked.record), asked.exception);
}

/** The same on a record that is locked already. */
export async function exceptionOn(act: Act, open: OpenRecord, id: string): Promise<OpenException> {
  allowOn(open, 'raiseExceptions');
  const [exception] = await act.tx
    .select()
    .from(exceptions)
    .where(and(eq(exceptions.recordId, open.row.id), eq(exceptions.id, id)));
  if (!exception) throw new NotFound('exception');
  return { ...open, exception };
}

export async function writeException(
  act: Act,
  id: string,
  columns: Partial<typeof exceptions.$inferInsert>,
): Promise<void> {
  await act.tx.update(exceptions).set(columns).where(eq(exceptions.id, id));
}

type ExceptionEventKind = EventKind & `exception.${string}`;

/** The record judged by the exceptions it has now, and one event that says what became of one of them. */
export async function settleExceptions(
  act: Act,
  { row, scope }: Pick<OpenRecord, 'row' | 'scope'>,
  fact: EventFact<ExceptionEventKind>,
): Promise<Card> {
  const card = await settleRecord(act.tx, row, act.now, await openExceptionsOf(act.tx, row.id));
  act.record({ ...fact, trail: scope.id, record: { id: row.id, reference: row.reference }, card });
  return card;
}
