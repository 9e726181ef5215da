import type { Card } from '#shared/contract/record.ts';
import { openAlready } from '#shared/domain/exceptions.ts';
import { command } from './command.ts';
import { Refused, Stale } from './errors.ts';
import { openException, settleExceptions, writeException } from './open-exception.ts';
import { openOfFinding } from './raise-exception.ts';

interface Input {
  record: string;
  exception: string;
  why: string;
}

/**
 * Opens a closed exception again, on the side whose turn it last was; the gates it stands before shut. How it had been closed
 * stays in the trail. Throws Stale where it is open, Refused beside an open one of the same finding, Forbidden, NotFound.
 */
export const reopenException = command('reopen-exception', async (act, input: Input): Promise<{ card: Card }> => {
  const open = await openException(act, input);
  const { id, cause, rule, entry, closedAt, resolution, reopened } = open.exception;
  if (!closedAt) throw new Stale('exception', null);
  if (rule !== null && (await openOfFinding(act, open.row.id, rule, entry))) throw new Refused([openAlready]);
  await writeException(act, id, {
    closedAt: null,
    closedBy: null,
    resolution: null,
    waitingSince: act.now,
    reopened: reopened + 1,
  });
  const body = { exception: id, cause, why: input.why, before: { resolution, closedAt }, reopened: reopened + 1 };
  return { card: await settleExceptions(act, open, 'exception.reopened', body) };
});
