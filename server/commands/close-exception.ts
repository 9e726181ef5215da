import type { Card } from '#shared/contract/record.ts';
import { waitedBy } from '#shared/domain/exception-clock.ts';
import { clockOf } from '#server/db/exceptions.ts';
import { command } from './command.ts';
import { Stale } from './errors.ts';
import { openException, settleExceptions, writeException } from './open-exception.ts';

interface Input {
  record: string;
  exception: string;
  resolution: string;
}

/** Closes an exception with how it was resolved; its clock stops. Throws Stale where somebody closed it before, Forbidden, NotFound. */
export const closeException = command('close-exception', async (act, input: Input): Promise<{ card: Card }> => {
  const open = await openException(act, input);
  const { exception, actor } = open;
  const { resolution } = input;
  if (exception.closedAt) throw new Stale('exception', exception.resolution);
  const waited = waitedBy(clockOf(exception), act.now.getTime());
  await writeException(act, exception.id, {
    closedAt: act.now,
    closedBy: actor.id,
    resolution,
    waitedOnUs: waited.us,
    waitedOnOthers: waited.others,
    waitingSince: act.now,
  });
  const { id, cause } = exception;
  return { card: await settleExceptions(act, open, 'exception.closed', { exception: id, cause, resolution, waited }) };
});
