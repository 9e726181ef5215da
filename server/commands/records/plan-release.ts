import type { Card } from '#shared/contract/record.ts';
import { command, type CommandContext } from '../command.ts';
import { Stale } from '../errors.ts';
import { assertPermission, loadRecordForUpdate, type LoadedRecord } from './load.ts';
import { saveAndJudge } from '../judging/save-record.ts';

interface Days {
  from: string | null;
  to: string | null;
}

/** Sets the day on which a vehicle is to be released. Throws Stale if another day is planned by now, and Forbidden. */
export const planRelease = command('plan-release', async (ctx, input: Days & { record: string }) =>
  setRelease(ctx, await loadRecordForUpdate(ctx, input.record), input),
);

/** The same for a record that is already locked. */
export async function setRelease(ctx: CommandContext, open: LoadedRecord, { from, to }: Days): Promise<{ card: Card }> {
  const { row, scope } = open;
  if (row.releaseOn !== from) throw new Stale('plannedRelease', row.releaseOn);
  assertPermission(open, 'planReleases');
  const card = await saveAndJudge(ctx.tx, row, ctx.now, { releaseOn: to });
  ctx.record({
    trail: scope.id,
    kind: 'record.releasePlanned',
    record: { id: row.id, reference: row.reference },
    body: { before: from, after: to },
    card,
  });
  return { card };
}
