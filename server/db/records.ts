import { and, asc, eq, sql } from 'drizzle-orm';
import type { Card } from '#shared/contract/record.ts';
import type { Db, Tx } from './driver/client.ts';
import { inScopeOf } from './access.ts';
import { records } from './schema.ts';
import { given, oneOf, statement } from './driver/statement.ts';

export type RecordRow = typeof records.$inferSelect;

/** Locks the row until the transaction ends. Returns undefined if it does not exist. */
export async function lockRecord(tx: Tx, id: string): Promise<RecordRow | undefined> {
  const [row] = await locked(tx, { id });
  return row;
}

/** Locks the row until the transaction ends. Returns undefined unless it is in a scope that the person may see. */
export async function lockRecordOf(tx: Tx, person: string, id: string): Promise<RecordRow | undefined> {
  const [row] = await lockedOfPerson(tx, { id, person });
  return row;
}

const lockedOfPerson = statement((db) =>
  db
    .select()
    .from(records)
    .where(and(eq(records.id, sql.placeholder('id')), inScopeOf(records.scopeId, sql.placeholder('person'))))
    .for('update'),
);

const locked = statement((db) =>
  db
    .select()
    .from(records)
    .where(eq(records.id, sql.placeholder('id')))
    .for('update'),
);

/** Locks the rows until the transaction ends. Skips rows that others have locked, unless `wait` is set. */
export async function lockRecords(tx: Tx, ids: readonly string[], wait: boolean): Promise<RecordRow[]> {
  if (ids.length === 0) return [];
  return (wait ? lockedWaiting : lockedIfFree)(tx, { ids: JSON.stringify(ids) });
}

const selectForUpdate = (db: Db | Tx) => db.select().from(records).where(oneOf(records.id)).orderBy(asc(records.id));
const lockedWaiting = statement((db) => selectForUpdate(db).for('update'));
const lockedIfFree = statement((db) => selectForUpdate(db).for('update', { skipLocked: true }));

/** Writes columns of a locked record and increments its version. */
export async function writeRecord(
  tx: Tx,
  id: string,
  columns: Partial<typeof records.$inferInsert>,
): Promise<RecordRow> {
  const names = Object.keys(columns) as (keyof typeof columns)[];
  const key = names.join();
  let write = writes.get(key);
  if (!write) writes.set(key, (write = writeOf(names)));
  const [row] = await write(tx, { record: id, ...columns });
  return row!;
}

/** One statement for every set of columns that a command writes together. */
const writes = new Map<string, ReturnType<typeof writeOf>>();

const writeOf = (names: (keyof typeof records.$inferInsert)[]) =>
  statement((db) =>
    db
      .update(records)
      .set({ ...given(...names), version: sql`${records.version} + 1` })
      .where(eq(records.id, sql.placeholder('record')))
      .returning(),
  );

/** Id and reference of the record with this VIN at a build stage in an organisation; null if there is none. */
export async function recordWithVin(tx: Db | Tx, organisationId: string, vin: string, buildStage: string) {
  const [row] = await tx
    .select({ id: records.id, reference: records.reference })
    .from(records)
    .where(and(eq(records.organisationId, organisationId), eq(records.vin, vin), eq(records.buildStage, buildStage)));
  return row ?? null;
}

/** Builds a card from its row. */
export function cardOf(row: RecordRow): Card {
  const tallies = Object.values(row.checklist);
  return {
    id: row.id,
    reference: row.reference,
    version: row.version,
    stage: row.stage,
    rank: row.rank,
    stageSince: row.stageSince.toISOString(),
    make: row.make,
    type: row.type,
    variant: row.variant,
    typeVersion: row.typeVersion,
    commercialName: row.commercialName,
    category: row.category,
    vin: row.vin,
    duties: dutiesOf(row),
    editors: row.editors,
    nextAction: { what: row.nextAction, owner: row.actionOwnerId, due: row.dueOn },
    releaseOn: row.releaseOn,
    gates: row.gates,
    blocked: { count: row.openExceptions, reason: row.blockedBy },
    fallen: row.fallen,
    waived: row.waived,
    review: row.review,
    comments: { count: row.comments, unresolved: row.unresolvedThreads },
    checklist: {
      done: tallies.reduce((sum, { done }) => sum + done, 0),
      total: tallies.reduce((sum, { total }) => sum + total, 0),
    },
  };
}

type Dutied = Pick<RecordRow, 'dataOwnerId' | 'reviewerId' | 'outputPreparerId' | 'signatoryId'>;

/** The people assigned to the duties on a record. */
export function dutiesOf(row: Dutied): Card['duties'] {
  return {
    dataOwner: row.dataOwnerId,
    reviewer: row.reviewerId,
    outputPreparer: row.outputPreparerId,
    signatory: row.signatoryId,
  };
}
