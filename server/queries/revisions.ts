import { and, desc, eq, inArray, lt, lte } from 'drizzle-orm';
import type { z } from 'zod';
import type { DataTree } from '#shared/contract/record.ts';
import type { Revision, RevisionChange, RevisionDetail } from '#shared/contract/revision.ts';
import { differences } from '#shared/domain/data-tree-differences.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { people, records, revisions } from '#server/db/schema.ts';

const page = 30;

/** The revisions of a record, newest first: author, source and number of changes of each. Throws NotFound. */
export async function revisionsOf(
  db: Db,
  personId: string,
  recordId: string,
  before: number | undefined,
): Promise<{ revisions: Revision[]; next: number | null }> {
  await canRead(db, personId, recordId);
  // One more than is shown: each revision is compared with the one before it.
  const rows = await db
    .select({ revision: revisions, editor: people.name })
    .from(revisions)
    .leftJoin(people, eq(people.id, revisions.editedBy))
    .where(and(eq(revisions.recordId, recordId), before === undefined ? undefined : lt(revisions.number, before)))
    .orderBy(desc(revisions.number))
    .limit(page + 1);
  return {
    revisions: rows.slice(0, page).map((row, at) => saidOf(row, rows[at + 1]?.revision.data)),
    next: rows.length > page ? rows[page - 1]!.revision.number : null,
  };
}

/** The whole data of one revision. Throws NotFound. */
export async function revision(
  db: Db,
  personId: string,
  recordId: string,
  number: number,
): Promise<z.infer<typeof RevisionDetail>> {
  await canRead(db, personId, recordId);
  const [row, earlier] = await db
    .select({ revision: revisions, editor: people.name })
    .from(revisions)
    .leftJoin(people, eq(people.id, revisions.editedBy))
    .where(and(eq(revisions.recordId, recordId), lte(revisions.number, number)))
    .orderBy(desc(revisions.number))
    .limit(2);
  if (row?.revision.number !== number) throw new NotFound('revision');
  return { ...saidOf(row, earlier?.revision.data), data: row.revision.data };
}

/** The differences between any two revisions of a record. Throws NotFound. */
export async function comparison(
  db: Db,
  personId: string,
  recordId: string,
  { from, to }: { from: number; to: number },
): Promise<RevisionChange[]> {
  await canRead(db, personId, recordId);
  const rows = await db
    .select({ number: revisions.number, data: revisions.data })
    .from(revisions)
    .where(and(eq(revisions.recordId, recordId), inArray(revisions.number, [from, to])));
  const dataOf = (number: number) => rows.find((row) => row.number === number)?.data;
  const [before, after] = [dataOf(from), dataOf(to)];
  if (!before || !after) throw new NotFound('revision');
  return differences(before, after);
}

async function canRead(db: Db, personId: string, recordId: string): Promise<void> {
  const [row] = await db.select({ scopeId: records.scopeId }).from(records).where(eq(records.id, recordId));
  if (!row || !(await accessToScope(db, personId, row.scopeId))) throw new NotFound('record');
}

function saidOf(
  { revision: row, editor }: { revision: typeof revisions.$inferSelect; editor: string | null },
  before: DataTree = {},
): Revision {
  return {
    number: row.number,
    hash: row.hash,
    by: row.editedBy === null ? null : { id: row.editedBy, name: editor ?? 'former member' },
    at: row.editedAt.toISOString(),
    source: row.source,
    changes: differences(before, row.data).length,
  };
}
