import { and, eq } from 'drizzle-orm';
import type { EventFact, EventKind } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import { openExceptionsOf, type ExceptionRow } from '#server/db/exceptions.ts';
import { exceptions } from '#server/db/schema.ts';
import type { CommandContext } from '../command.ts';
import { NotFound } from '../errors.ts';
import { assertPermission, loadRecordForUpdate, type LoadedRecord } from '../records/load.ts';
import { saveAndJudge } from '../judging/save-record.ts';

/** An exception with its record, which is locked: every command on exceptions locks the record first. */
export interface OpenException extends LoadedRecord {
  exception: ExceptionRow;
}

/**
 * Locks an exception and its record. Throws NotFound if the record has no such exception for the actor, and Forbidden.
 */
export async function loadExceptionForUpdate(
  ctx: CommandContext,
  requested: { record: string; exception: string },
): Promise<OpenException> {
  return exceptionOn(ctx, await loadRecordForUpdate(ctx, requested.record), requested.exception);
}

/** The same for a record that is already locked. */
export async function exceptionOn(ctx: CommandContext, open: LoadedRecord, id: string): Promise<OpenException> {
  assertPermission(open, 'raiseExceptions');
  const [exception] = await ctx.tx
    .select()
    .from(exceptions)
    .where(and(eq(exceptions.recordId, open.row.id), eq(exceptions.id, id)));
  if (!exception) throw new NotFound('exception');
  return { ...open, exception };
}

export async function writeException(
  ctx: CommandContext,
  id: string,
  columns: Partial<typeof exceptions.$inferInsert>,
): Promise<void> {
  await ctx.tx.update(exceptions).set(columns).where(eq(exceptions.id, id));
}

type ExceptionEventKind = EventKind & `exception.${string}`;

/** Judges the record with its present exceptions and records one event for the change to one of them. */
export async function saveOpenExceptions(
  ctx: CommandContext,
  { row, scope }: Pick<LoadedRecord, 'row' | 'scope'>,
  fact: EventFact<ExceptionEventKind>,
): Promise<Card> {
  const card = await saveAndJudge(ctx.tx, row, ctx.now, await openExceptionsOf(ctx.tx, row.id));
  ctx.record({ ...fact, trail: scope.id, record: { id: row.id, reference: row.reference }, card });
  return card;
}
