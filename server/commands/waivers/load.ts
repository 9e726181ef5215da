import { eq } from 'drizzle-orm';
import type { EventFact } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import type { Waiver } from '#shared/contract/waiver.ts';
import { waivers } from '#server/db/schema.ts';
import { cardOf } from '#server/db/records.ts';
import { countChange } from '#server/db/trail.ts';
import { waiverOf, type WaiverRow } from '#server/db/waivers.ts';
import type { CommandContext } from '../command.ts';
import { NotFound } from '../errors.ts';
import { loadRecordForUpdate, type LoadedRecord } from '../records/load.ts';
import { saveAndJudge } from '../judging/save-record.ts';

/** A waiver with its record, which is held: every verb on waivers locks the record first. */
export interface LoadedWaiver extends LoadedRecord {
  waiver: WaiverRow;
}

/** Throws NotFound where the waiver does not exist for the actor. */
export async function loadWaiverForUpdate(ctx: CommandContext, id: string): Promise<LoadedWaiver> {
  const read = () => ctx.tx.select().from(waivers).where(eq(waivers.id, id));
  const [seen] = await read();
  if (!seen) throw new NotFound('waiver');
  const open = await loadRecordForUpdate(ctx, seen.recordId).catch((error: unknown) => {
    throw error instanceof NotFound ? new NotFound('waiver') : error;
  });
  const [waiver] = await read();
  return { ...open, waiver: waiver! };
}

/** The record judged by the waivers it has now, and one event that says what became of one of them. */
export async function saveWaiverOutcome(
  ctx: CommandContext,
  { row, scope }: Pick<LoadedWaiver, 'row'> & { scope: { id: string } },
  waiver: WaiverRow,
  fact: EventFact<'waiver.approved' | 'waiver.refused' | 'waiver.revoked' | 'waiver.expired'>,
): Promise<{ waiver: Waiver; card: Card }> {
  const card = await saveAndJudge(ctx.tx, row, ctx.now, {});
  ctx.record({
    ...fact,
    trail: scope.id,
    record: { id: row.id, reference: row.reference },
    card,
    counts: countChange(cardOf(row), card),
  });
  return { waiver: waiverOf(waiver, row.reference), card };
}

/** How every event about a waiver names it. */
export const namedWaiver = ({ id, rule, endsOn }: WaiverRow) => ({ waiver: id, rule, endsOn });

/** Under this name people are told that a waiver waits for them; of several, the first one's. */
export const proposalOccasion = (waiver: string): string => `waiver proposed ${waiver}`;
