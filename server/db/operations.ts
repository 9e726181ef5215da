import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Db, Tx } from './driver/client.ts';
import { events, operations, people, records } from './schema.ts';

/** The command and the answer of a person's operation; undefined if there is no such operation. */
export async function operationOf(db: Db | Tx, personId: string, id: string) {
  const [row] = await db
    .select({ command: operations.command, answer: operations.answer })
    .from(operations)
    .where(and(eq(operations.personId, personId), eq(operations.id, id)));
  return row;
}

/** An event that an operation wrote on a record; undefined if there is none. */
export async function eventLeft(tx: Tx, record: string, operation: string) {
  const [event] = await tx
    .select()
    .from(events)
    .where(and(eq(events.recordId, record), eq(events.operationId, operation)))
    .limit(1);
  return event;
}

/** The next events of a record after `seq`, each with the name of its actor; at most 100. */
export async function eventsOnRecordAfter(tx: Tx, record: string, seq: number) {
  return tx
    .select({ event: events, actor: people.name })
    .from(events)
    .leftJoin(people, eq(people.id, events.actorId))
    .where(and(eq(events.recordId, record), gt(events.seq, seq)))
    .orderBy(asc(events.seq))
    .limit(100);
}

/** The references of the given records, by id. Omits records outside the scope. */
export async function referencesIn(db: Db, scopeId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: records.id, reference: records.reference })
    .from(records)
    .where(and(eq(records.scopeId, scopeId), inArray(records.id, [...ids])));
  return new Map(rows.map(({ id, reference }) => [id, reference]));
}
