import type { SetRefusal, SetResult } from '#shared/contract/bulk.ts';
import type { Card } from '#shared/contract/record.ts';
import { accessToScope } from '#server/db/access.ts';
import { referencesIn } from '#server/db/operations.ts';
import { answered, command, type Call, type Services } from './command.ts';
import { derivedOperation } from './derived-operation.ts';
import { Forbidden, NotFound, Refused, Stale } from './errors.ts';

/** One record of a set, as its verb is asked for it. */
interface Item {
  record: string;
  /** null: there is no such record here. */
  reference: string | null;
}

type Answer = { results: SetResult[] };

/**
 * A verb over a set: each record in a transaction of its own, under an operation derived from the one of the set, so that
 * what one is refused for holds up no other. When all are through, the answer is kept; sending again gives it again.
 */
export function eachRecord<I extends Item>(
  name: string,
  run: (services: Services, call: Call, item: I) => Promise<{ card: Card }>,
) {
  const keep = command(name, async (_act, answer: Answer) => answer);
  return async (services: Services, call: Call, items: readonly I[]): Promise<Answer> => {
    const earlier = await answered(services.db, call, name);
    if (earlier) return earlier.answer as Answer;
    const results: SetResult[] = [];
    for (const item of new Map(items.map((one) => [one.record, one])).values()) {
      const { record, reference } = item;
      try {
        if (reference === null) throw new NotFound('record');
        const operation = call.operation && derivedOperation(call.operation, record);
        const { card } = await run(services, { ...call, operation }, item);
        results.push({ record, reference, card, refusal: null });
      } catch (error) {
        results.push({ record, reference, card: null, refusal: refusalIn(error) });
      }
    }
    return keep(services, call, { results });
  };
}

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

/** The no of a command, as data. Anything else that was thrown is thrown on. */
function refusalIn(error: unknown): SetRefusal {
  if (error instanceof Refused) return { type: 'refused', findings: [...error.findings] };
  if (error instanceof Forbidden) return { type: 'forbidden', findings: [error.finding] };
  if (error instanceof Stale) return { type: 'stale', findings: [], current: error.current };
  if (error instanceof NotFound) return { type: 'not-found', findings: [] };
  throw error;
}
