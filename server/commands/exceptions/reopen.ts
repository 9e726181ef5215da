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
 * Opens a closed exception again, on the side whose turn it last was; the gates it stands before shut. How it had been closed
 * stays in the trail. Throws Stale where it is open, Refused beside an open one of the same finding, Forbidden, NotFound.
 */
export const reopenException = command('reopen-exception', async (ctx, input: Input): Promise<{ card: Card }> => {
  const open = await loadExceptionForUpdate(ctx, input);
  if (!open.exception.closedAt) throw new Stale('exception', null);
  return { card: await reopenOn(ctx, open, { why: input.why }) };
});

/** The same on an exception that is locked and closed. `takesBack`: the operation that undid raising it; it does not count as a return. */
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
