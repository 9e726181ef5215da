import type { Card } from '#shared/contract/record.ts';
import { waitedBy } from '#shared/domain/exception-clock.ts';
import { clockOf } from '#server/db/exceptions.ts';
import { command, type Act } from './command.ts';
import { Stale } from './errors.ts';
import { openException, settleExceptions, writeException, type OpenException } from './open-exception.ts';

interface Input {
  record: string;
  exception: string;
  resolution: string;
}

/** Closes an exception with how it was resolved; its clock stops. Throws Stale where somebody closed it before, Forbidden, NotFound. */
export const closeException = command('close-exception', async (act, input: Input): Promise<{ card: Card }> => {
  const open = await openException(act, input);
  if (open.exception.closedAt) throw new Stale('exception', open.exception.resolution);
  return { card: await closeOn(act, open, { resolution: input.resolution }) };
});

/** The same on an exception that is locked and open. `takesBack`: the operation that raised it, which this undoes. */
export async function closeOn(
  act: Act,
  open: OpenException,
  how: { resolution: string } | { resolution: null; takesBack: string },
): Promise<Card> {
  const { exception, actor } = open;
  const waited = waitedBy(clockOf(exception), act.now.getTime());
  await writeException(act, exception.id, {
    closedAt: act.now,
    closedBy: actor.id,
    resolution: how.resolution,
    waitedOnUs: waited.us,
    waitedOnOthers: waited.others,
    waitingSince: act.now,
  });
  const { id, cause } = exception;
  const body = { exception: id, cause, ...how, waited };
  return settleExceptions(act, open, { kind: 'exception.closed', body });
}
