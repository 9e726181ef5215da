import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Person } from '#shared/contract/person.ts';
import { createRecords, type Created } from '#server/commands/records/create.ts';
import { finishImport } from '#server/commands/imports/finish.ts';
import { Forbidden, NotFound, Refused } from '#server/commands/errors.ts';
import type { Services } from '#server/commands/command.ts';
import { imports, importRows, people } from '#server/db/schema.ts';

const batch = 50;

/**
 * Creates records from the good rows of an applied import, in batches. A row is marked after its record is created; if
 * that is interrupted, the next run finds the record by its source and only marks the row.
 */
export async function createImported(services: Services, importId: string): Promise<void> {
  const { db } = services;
  const [storedImport] = await db
    .select({ scope: imports.scopeId, file: imports.file, person: { id: people.id, name: people.name } })
    .from(imports)
    .innerJoin(people, eq(people.id, imports.personId))
    .where(eq(imports.id, importId));
  const good = and(eq(importRows.importId, importId), eq(importRows.state, 'good'));
  for (;;) {
    const rows = await db.select().from(importRows).where(good).orderBy(asc(importRows.row)).limit(batch);
    if (rows.length === 0) break;
    const drafts = rows.map(({ data, sourceKey, row }) => ({
      data: data!,
      sourceKey,
      source: { kind: 'import' as const, file: storedImport!.file, row },
    }));
    const created = await attempt(services, storedImport!.person, storedImport!.scope, drafts);
    await mark(services, importId, rows, created);
    await new Promise((resolve) => setImmediate(resolve));
  }
  const counts = await countRows(services, importId);
  await finishImport(services, { actor: storedImport!.person, operation: null }, { import: importId, ...counts });
}

/**
 * Creates the records of a batch. If the person has lost the permission or the scope is closed by now, the rows show
 * the refusal.
 */
async function attempt(
  services: Services,
  actor: Person,
  scope: string,
  drafts: Parameters<typeof createRecords>[2]['drafts'],
) {
  try {
    return (await createRecords(services, { actor, operation: null }, { scope, drafts })).created;
  } catch (error) {
    if (error instanceof Refused)
      return drafts.map((): Created => ({ state: 'refused', findings: [...error.findings] }));
    if (error instanceof Forbidden) return drafts.map((): Created => ({ state: 'refused', findings: [error.finding] }));
    if (error instanceof NotFound) return drafts.map((): Created => ({ state: 'refused', findings: [] }));
    throw error;
  }
}

type Row = typeof importRows.$inferSelect;

/** Stores the results in the rows; one statement covers all that became records. */
async function mark({ db }: Services, importId: string, rows: readonly Row[], created: readonly Created[]) {
  const made = rows.flatMap(({ row }, index) => {
    const one = created[index]!;
    if (one.state === 'refused') return [];
    return { row, record: one.state === 'created' ? one.card.id : one.record };
  });
  await db.transaction(async (tx) => {
    await tx
      .update(importRows)
      .set({ state: 'created', recordId: sql`made.record` })
      .from(sql`jsonb_to_recordset(${JSON.stringify(made)}::text::jsonb) as made(row integer, record uuid)`)
      .where(and(eq(importRows.importId, importId), sql`${importRows.row} = made.row`));
    for (const [index, { row, findings }] of rows.entries()) {
      const one = created[index]!;
      if (one.state !== 'refused') continue;
      await tx
        .update(importRows)
        .set({ state: 'bad', findings: [...findings, ...one.findings] })
        .where(and(eq(importRows.importId, importId), eq(importRows.row, row)));
    }
  });
}

async function countRows({ db }: Services, importId: string) {
  const rows = await db
    .select({ state: importRows.state, rows: count() })
    .from(importRows)
    .where(eq(importRows.importId, importId))
    .groupBy(importRows.state);
  const of = (state: string) => rows.find((row) => row.state === state)?.rows ?? 0;
  return { created: of('created'), known: of('known'), bad: of('bad') };
}
