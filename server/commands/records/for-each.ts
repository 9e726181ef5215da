import type { SetRefusal, SetResult } from '#shared/contract/bulk.ts';
import type { StaleField, Thing } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';
import { accessToScope } from '#server/db/access.ts';
import { referencesIn } from '#server/db/operations.ts';
import { answered, command, type Call, type Services } from '../command.ts';
import { derivedOperation } from '../derived-operation.ts';
import { Forbidden, NotFound, Refused, Stale } from '../errors.ts';

/** One record of a set, as its verb is asked for it. */
interface Item {
  record: string;
  /** null: there is no such record here. */
  reference: string | null;
}

/**
 * A verb over a set: each member in a transaction of its own, under an operation derived from the one of the set, so that
 * what one is refused for holds up no other. When all are through, the answer is kept; sending again gives it again. What is
 * no refusal ends the set and is thrown: sent again, those that are done answer what they answered.
 */
export function forEachMember<I, R>(
  name: string,
  /** Names a member; one that is named twice takes part once. */
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

/** The same over the records of a scope. */
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

/** Names the records of a set. Throws NotFound where the scope does not exist for the actor. */
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

/** The error a refusal was. `what`: what was not found; `current`: what is there instead of what was seen. */
export function errorOf({ type, findings, current }: SetRefusal, what: StaleField & Thing): Error {
  if (type === 'refused') return new Refused(findings);
  if (type === 'forbidden') return new Forbidden(findings[0]!);
  return type === 'stale' ? new Stale(what, current) : new NotFound(what);
}

/** The no of a command, as data. Anything else that was thrown is thrown on. */
function refusalIn(error: unknown): SetRefusal {
  if (error instanceof Refused) return { type: 'refused', findings: [...error.findings] };
  if (error instanceof Forbidden) return { type: 'forbidden', findings: [error.finding] };
  if (error instanceof Stale) return { type: 'stale', findings: [], current: error.current };
  if (error instanceof NotFound) return { type: 'not-found', findings: [] };
  throw error;
}
