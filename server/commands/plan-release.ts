import type { Card } from '#shared/contract/record.ts';
import { command, type Act } from './command.ts';
import { Stale } from './errors.ts';
import { allowOn, openRecord, type OpenRecord } from './open-record.ts';
import { settleRecord } from './settle-record.ts';

interface Days {
  from: string | null;
  to: string | null;
}

/** Says on which day a vehicle is to be released. Throws Stale where another day is planned by now, and Forbidden. */
export const planRelease = command('plan-release', async (act, input: Days & { record: string }) =>
  setRelease(act, await openRecord(act, input.record), input),
);

/** The same on a record that is held already. */
export async function setRelease(act: Act, open: OpenRecord, { from, to }: Days): Promise<{ card: Card }> {
  const { row, scope } = open;
  if (row.releaseOn !== from) throw new Stale('plannedRelease', row.releaseOn);
  allowOn(open, 'planReleases');
  const card = await settleRecord(act.tx, row, act.now, { releaseOn: to });
  act.record({
    trail: scope.id,
    kind: 'record.releasePlanned',
    record: { id: row.id, reference: row.reference },
    body: { before: from, after: to },
    card,
  });
  return { card };
}
