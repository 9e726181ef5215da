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

/** A waiver with its record, which is locked: every command on waivers locks the record first. */
export interface LoadedWaiver extends LoadedRecord {
  waiver: WaiverRow;
}

/** Locks the record of a waiver and reads the waiver. Throws NotFound if the waiver does not exist for the actor. */
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

/** Judges the record with its present waivers and records one event for the change to one of them. */
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

/** How every event about a waiver identifies it. */
export const namedWaiver = ({ id, rule, endsOn }: WaiverRow) => ({ waiver: id, rule, endsOn });

/** The occasion of the notification that a waiver awaits a decision; of several waivers, the first one's. */
export const proposalOccasion = (waiver: string): string => `waiver proposed ${waiver}`;
