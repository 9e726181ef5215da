import { and, eq, inArray } from 'drizzle-orm';
import type { SetRefusal } from '#shared/contract/bulk.ts';
import type { ExceptionChanges, ExceptionsAct, SeenException } from '#shared/contract/exception.ts';
import type { Card } from '#shared/contract/record.ts';
import { accessToScope } from '#server/db/access.ts';
import { exceptions } from '#server/db/schema.ts';
import { changeException } from './change.ts';
import { closeException } from './close.ts';
import type { Call, Services } from '../command.ts';
import { forEachMember } from '../records/for-each.ts';
import { NotFound } from '../errors.ts';

interface Input {
  scope: string;
  exceptions: readonly SeenException[];
  act: ExceptionsAct;
}

interface Item extends SeenException {
  /** Null: the scope has no exception with this id. */
  record: string | null;
  act: ExceptionsAct;
}

/** The result for one exception. */
interface Result {
  exception: string;
  refusal: SetRefusal | null;
}

const changeEach = forEachMember(
  'change-exceptions',
  ({ exception }: Item) => exception,
  changeOne,
  ({ exception }, _card, refusal): Result => ({ exception, refusal }),
);

/**
 * Applies one act to several exceptions of a scope, each with the command for a single exception and based on what the
 * caller saw of it. Throws NotFound if the scope does not exist for the actor.
 */
export async function changeExceptions(services: Services, call: Call, { scope, exceptions: seen, act }: Input) {
  const access = call.actor && (await accessToScope(services.db, call.actor.id, scope));
  if (!access) throw new NotFound('scope');
  const ids = seen.map(({ exception }) => exception);
  const rows = await services.db
    .select({ id: exceptions.id, record: exceptions.recordId })
    .from(exceptions)
    .where(and(eq(exceptions.scopeId, scope), inArray(exceptions.id, ids)));
  const recordOf = new Map(rows.map(({ id, record }) => [id, record]));
  const items = seen.map((one): Item => ({ ...one, act, record: recordOf.get(one.exception) ?? null }));
  return changeEach(services, call, items);
}

async function changeOne(
  services: Services,
  call: Call,
  { record, exception, from, act }: Item,
): Promise<{ card: Card }> {
  if (record === null) throw new NotFound('exception');
  const one = { record, exception };
  if (act.kind === 'close') return closeException(services, call, { ...one, resolution: act.resolution });
  const changes: ExceptionChanges = { [act.kind]: { from, to: act.to } };
  return changeException(services, call, { ...one, changes });
}
