import { holdersOf } from '#server/db/notifications.ts';
import type { RecordRow } from '#server/db/records.ts';
import type { CommandContext } from '../command.ts';

/** A record that stood where it is, and no longer does. */
interface Regression {
  after: RecordRow;
  cause: string;
}

/** Tells the data owner of each record, and the leads of its scope, once each time it falls. */
export async function notifyRegression(
  { tx, notify }: CommandContext,
  regressed: readonly Regression[],
): Promise<void> {
  for (const [scope, records] of Map.groupBy(regressed, ({ after }) => after.scopeId)) {
    const leads = await holdersOf(tx, scope, ['lead']);
    for (const { after, cause } of records) {
      notify({
        people: [...(after.dataOwnerId ? [after.dataOwnerId] : []), ...leads],
        kind: 'record.fallen',
        scope,
        record: after.id,
        params: { reference: after.reference, cause, approval: after.approval ?? '' },
        occasion: `record.fallen ${after.id} ${after.version}`,
      });
    }
  }
}
