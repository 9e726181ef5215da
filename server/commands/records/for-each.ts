import type { SetRefusal, SetResult } from '#shared/contract/bulk.ts';
import type { StaleField, Thing } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';
import { accessToScope } from '#server/db/access.ts';
import { referencesIn } from '#server/db/operations.ts';
import { answered, command, type Call, type Services } from '../command.ts';
import { derivedOperation } from '../derived-operation.ts';
import { Forbidden, NotFound, Refused, Stale } from '../errors.ts';

/** One record of a set, as input of its command. */
interface Item {
  record: string;
  /** Null: the scope has no such record. */
  reference: string | null;
}

/**
 * A command over a set: each member runs in its own transaction, under an operation id derived from that of the set, so
 * that one refusal does not block the others. When all members are done, the answer is stored and returned on a retry.
 * An error that is not a refusal ends the set and is thrown; on a retry, the members that are done return their stored
 * answers.
 */
export function forEachMember<I, R>(
  name: string,
  /** The name of a member; a member that is named twice runs once. */
  nameOf: (item: I) => string,
  run: (services: Services, call: Call, item: I) => Promise<{ card: Card }>,
  resultOf: (item: I, card: Card | null, refusal: SetRefusal | null) => R,
) {
  const keep = command(name, async (_act, answer: { results: R[] }) => answer);
  return async (services: Services, call: Call, items: readonly I[]): Promise<{ results: R[] }> => {
    const earlier = await answered(services.db, call, name);
    if (earlier) return earlier.answer as { results: R[] };
    const results: R[] = [];
    for (const [member, item] of new Map(items.map((one) => [nameOf(one), one]))) {
      const operation = call.operation && derivedOperation(call.operation, member);
      try {
        const { card } = await run(services, { ...call, operation }, item);
        results.push(resultOf(item, card, null));
      } catch (error) {
        results.push(resultOf(item, null, refusalIn(error)));
      }
    }
    return keep(services, call, { results });
  };
}

/** The same for the records of a scope. */
export const forEachRecord = <I extends Item>(
  name: string,
  run: (services: Services, call: Call, item: I) => Promise<{ card: Card }>,
) =>
  forEachMember(
    name,
    ({ record }: I) => record,
    async (services, call, item) => {
      if (item.reference === null) throw new NotFound('record');
      return run(services, call, item);
    },
    ({ record, reference }, card, refusal): SetResult => ({ record, reference, card, refusal }),
  );

/** Adds the references to the records of a set. Throws NotFound if the scope does not exist for the actor. */
export async function namedIn<I extends { record: string }>(
  { db }: Services,
  { actor }: Call,
  scope: string,
  items: readonly I[],
): Promise<(I & Item)[]> {
  if (!actor || !(await accessToScope(db, actor.id, scope))) throw new NotFound('scope');
  const references = await referencesIn(
    db,
    scope,
    items.map(({ record }) => record),
  );
  return items.map((item) => ({ ...item, reference: references.get(item.record) ?? null }));
}

/**
 * Converts a refusal back into its error. `what`: what was not found or is stale; `current`: the present value instead
 * of the one the caller saw.
 */
export function errorOf({ type, findings, current }: SetRefusal, what: StaleField & Thing): Error {
  if (type === 'refused') return new Refused(findings);
  if (type === 'forbidden') return new Forbidden(findings[0]!);
  return type === 'stale' ? new Stale(what, current) : new NotFound(what);
}

/** The refusal of a command, as data. Rethrows any other error. */
function refusalIn(error: unknown): SetRefusal {
  if (error instanceof Refused) return { type: 'refused', findings: [...error.findings] };
  if (error instanceof Forbidden) return { type: 'forbidden', findings: [error.finding] };
  if (error instanceof Stale) return { type: 'stale', findings: [], current: error.current };
  if (error instanceof NotFound) return { type: 'not-found', findings: [] };
  throw error;
}
