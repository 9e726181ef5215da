import { call, type Answer, type Ask } from '#lib/api.ts';
import { ownOperations } from '#lib/own-operations.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import type { OpenRecord } from '#features/record/state/open-record.svelte.ts';
import type { RequestRefusal } from '#features/record/state/refusal.ts';

const route = 'post /api/records/{record}/exceptions';

/** Raises an exception as an operation with undo. Returns null where it is open, newly or already. */
export function raiseException(record: OpenRecord, body: Ask<typeof route>['body']): Promise<RequestRefusal | null> {
  const { reference } = record.card;
  return record.attempt(() =>
    ownOperations.doing<Answer<typeof route>>(
      [record.id, body],
      ({ existed }) => (existed ? null : m.exception_raised_toast({ reference })),
      (operation) => call(route, { params: { record: record.id }, body, operation }),
    ),
  );
}
