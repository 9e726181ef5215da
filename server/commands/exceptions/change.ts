import type { ExceptionChanges } from '#shared/contract/exception.ts';
import type { Card } from '#shared/contract/record.ts';
import { waitedBy } from '#shared/domain/exception-clock.ts';
import { dutiesIn } from '#server/db/access.ts';
import { clockOf, type ExceptionRow } from '#server/db/exceptions.ts';
import { cardOf } from '#server/db/records.ts';
import { command } from '../command.ts';
import { NotFound, Stale } from '../errors.ts';
import { loadExceptionForUpdate, saveOpenExceptions, writeException } from './load.ts';

interface Input {
  record: string;
  exception: string;
  changes: ExceptionChanges;
}

const columns = {
  kind: 'kind',
  severity: 'severity',
  cause: 'cause',
  waitingFor: 'waitingFor',
  waitingOn: 'waitingOn',
  blocks: 'blocks',
  owner: 'ownerId',
  until: 'until',
} as const satisfies Record<keyof ExceptionChanges, keyof ExceptionRow>;

/**
 * Changes the fields of an open exception; unchanged values record no event. Throws Stale if it was closed or one of
 * these fields changed since the caller read it, Forbidden, and NotFound for an owner without a duty in the scope.
 */
export const changeException = command(
  'change-exception',
  async (ctx, { changes, ...requested }: Input): Promise<{ card: Card }> => {
    const open = await loadExceptionForUpdate(ctx, requested);
    const { exception, row, scope } = open;
    if (exception.closedAt) throw new Stale('exception', exception.resolution);
    const given = (Object.keys(columns) as (keyof ExceptionChanges)[]).filter((field) => changes[field]);
    for (const field of given) {
      const current = exception[columns[field]];
      if (current !== changes[field]!.from) throw new Stale(`exception.${field}`, current);
    }
    const fields = given.filter((field) => changes[field]!.to !== changes[field]!.from);
    if (fields.length === 0) return { card: cardOf(row) };
    const owner = changes.owner?.to ?? null;
    if (owner !== null && (await dutiesIn(ctx.tx, owner, scope.id)).length === 0) throw new NotFound('person');
    const turns = fields.includes('waitingOn');
    const waited = waitedBy(clockOf(exception), ctx.now.getTime());
    await writeException(ctx, exception.id, {
      ...Object.fromEntries(fields.map((field) => [columns[field], changes[field]!.to])),
      ...(turns && { waitedOnUs: waited.us, waitedOnOthers: waited.others, waitingSince: ctx.now }),
    });
    const side = (which: 'from' | 'to') => Object.fromEntries(fields.map((field) => [field, changes[field]![which]]));
    const body = {
      exception: exception.id,
      cause: changes.cause?.to ?? exception.cause,
      before: side('from'),
      after: side('to'),
      ...(turns && { waited }),
    };
    const card = await saveOpenExceptions(ctx, open, { kind: 'exception.changed', body });
    return { card };
  },
);
