import { and, eq, inArray } from 'drizzle-orm';
import type { ExceptionsAct } from '#shared/contract/exception.ts';
import { accessToScope } from '#server/db/access.ts';
import type { ExceptionRow } from '#server/db/exceptions.ts';
import { exceptions } from '#server/db/schema.ts';
import { changeException } from './change-exception.ts';
import { closeException } from './close-exception.ts';
import type { Call, Services } from './command.ts';
import { derivedOperation } from './derived-operation.ts';
import { NotFound } from './errors.ts';

interface Input {
  scope: string;
  exceptions: readonly string[];
  act: ExceptionsAct;
}

/** What became of one of them: `failure` is what its command threw. */
interface Result {
  exception: string;
  failure: unknown;
}

/**
 * One act on several exceptions of a scope: each in a transaction of its own, through the command that one alone takes.
 * Throws NotFound where the scope is not there for the actor.
 */
export async function changeExceptions(services: Services, call: Call, input: Input): Promise<Result[]> {
  const access = call.actor && (await accessToScope(services.db, call.actor.id, input.scope));
  if (!access) throw new NotFound('scope');
  const wanted = [...new Set(input.exceptions)];
  const rows = await services.db
    .select()
    .from(exceptions)
    .where(and(eq(exceptions.scopeId, input.scope), inArray(exceptions.id, wanted)));
  const results: Result[] = [];
  for (const exception of wanted) {
    const row = rows.find(({ id }) => id === exception);
    const own = { ...call, operation: call.operation && derivedOperation(call.operation, exception) };
    const done = row ? actOn(services, own, row, input.act) : Promise.reject(new NotFound('exception'));
    results.push(await done.then(() => ({ exception, failure: null })).catch((failure) => ({ exception, failure })));
  }
  return results;
}

function actOn(services: Services, call: Call, row: ExceptionRow, act: ExceptionsAct): Promise<unknown> {
  const one = { record: row.recordId, exception: row.id };
  if (act.kind === 'close') return closeException(services, call, { ...one, resolution: act.resolution });
  const changes = {
    owner: () => ({ owner: { from: row.ownerId, to: act.to } }),
    waitingOn: () => ({ waitingOn: { from: row.waitingOn, to: act.to as ExceptionRow['waitingOn'] } }),
    until: () => ({ until: { from: row.until, to: act.to } }),
  }[act.kind]();
  return changeException(services, call, { ...one, changes });
}
