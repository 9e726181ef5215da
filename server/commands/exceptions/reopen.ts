import type { Card } from '#shared/contract/record.ts';
import { openAlready } from '#shared/domain/exceptions.ts';
import { command, type CommandContext } from '../command.ts';
import { Refused, Stale } from '../errors.ts';
import { loadExceptionForUpdate, saveOpenExceptions, writeException, type OpenException } from './load.ts';
import { openExceptionOfFinding } from './raise.ts';

interface Input {
  record: string;
  exception: string;
  why: string;
}

/**
 * Reopens a closed exception, on the side that was last to act; the gates ahead of the record close. The trail keeps
 * how it was closed. Throws Stale if it is open, Refused if another exception of the same finding is open, Forbidden,
 * NotFound.
 */
export const reopenException = command('reopen-exception', async (ctx, input: Input): Promise<{ card: Card }> => {
  const open = await loadExceptionForUpdate(ctx, input);
  if (!open.exception.closedAt) throw new Stale('exception', null);
  return { card: await reopenOn(ctx, open, { why: input.why }) };
});

/**
 * The same for an exception that is locked and closed. `takesBack`: the operation that undid raising it; this does not
 * count as reopening.
 */
export async function reopenOn(
  ctx: CommandContext,
  open: OpenException,
  how: { why: string } | { takesBack: string },
): Promise<Card> {
  const { id, cause, rule, entry, closedAt, resolution } = open.exception;
  if (rule !== null && (await openExceptionOfFinding(ctx, open.row.id, rule, entry))) throw new Refused([openAlready]);
  const reopened = open.exception.reopened + ('takesBack' in how ? 0 : 1);
  await writeException(ctx, id, {
    closedAt: null,
    closedBy: null,
    resolution: null,
    waitingSince: ctx.now,
    reopened,
  });
  const before = { resolution, closedAt: closedAt?.toISOString() ?? null };
  const body = { exception: id, cause, ...how, before, reopened };
  return saveOpenExceptions(ctx, open, { kind: 'exception.reopened', body });
}
