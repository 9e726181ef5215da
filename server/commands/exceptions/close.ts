import type { Card } from '#shared/contract/record.ts';
import { waitedBy } from '#shared/domain/exception-clock.ts';
import { clockOf } from '#server/db/exceptions.ts';
import { command, type CommandContext } from '../command.ts';
import { Stale } from '../errors.ts';
import { loadExceptionForUpdate, saveOpenExceptions, writeException, type OpenException } from './load.ts';

interface Input {
  record: string;
  exception: string;
  resolution: string;
}

/**
 * Closes an exception with its resolution; its clock stops. Throws Stale if it is already closed, Forbidden, NotFound.
 */
export const closeException = command('close-exception', async (ctx, input: Input): Promise<{ card: Card }> => {
  const open = await loadExceptionForUpdate(ctx, input);
  if (open.exception.closedAt) throw new Stale('exception', open.exception.resolution);
  return { card: await closeOn(ctx, open, { resolution: input.resolution }) };
});

/**
 * The same for an exception that is locked and open. `takesBack`: the operation that raised it and that this undoes.
 */
export async function closeOn(
  ctx: CommandContext,
  open: OpenException,
  how: { resolution: string } | { resolution: null; takesBack: string },
): Promise<Card> {
  const { exception, actor } = open;
  const waited = waitedBy(clockOf(exception), ctx.now.getTime());
  await writeException(ctx, exception.id, {
    closedAt: ctx.now,
    closedBy: actor.id,
    resolution: how.resolution,
    waitedOnUs: waited.us,
    waitedOnOthers: waited.others,
    waitingSince: ctx.now,
  });
  const { id, cause } = exception;
  const body = { exception: id, cause, ...how, waited };
  return saveOpenExceptions(ctx, open, { kind: 'exception.closed', body });
}
