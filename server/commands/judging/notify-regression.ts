import { holdersOf } from '#server/db/notifications.ts';
import type { RecordRow } from '#server/db/records.ts';
import type { CommandContext } from '../command.ts';

/** A record for which a gate it has already passed is closed again. */
interface Regression {
  after: RecordRow;
  cause: string;
}

/** Notifies the data owner of each record and the leads of its scope, once per regression. */
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
