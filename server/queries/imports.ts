import { and, asc, count, eq, gt } from 'drizzle-orm';
import type { ColumnMapping, Import, ImportRow, ImportRowState } from '#shared/contract/import.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope, membershipOf } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { imports, importRows, mappings, records } from '#server/db/schema.ts';
import { presets } from '#server/imports/readers/mappings.ts';

const page = 50;

async function visibleImport(db: Db, personId: string, id: string) {
  const [row] = await db.select().from(imports).where(eq(imports.id, id));
  const access = row && (await accessToScope(db, personId, row.scopeId));
  if (!access) throw new NotFound('import');
  return row;
}

/** State and progress of an import. Throws NotFound. */
export async function importView(db: Db, personId: string, id: string): Promise<Import> {
  const row = await visibleImport(db, personId, id);
  const counted = await db
    .select({ state: importRows.state, rows: count() })
    .from(importRows)
    .where(eq(importRows.importId, id))
    .groupBy(importRows.state);
  const of = (state: ImportRowState) => counted.find((one) => one.state === state)?.rows ?? 0;
  const rows = { total: row.total, good: of('good'), known: of('known'), bad: of('bad'), created: of('created') };
  const progress =
    row.state === 'applying' || row.state === 'applied'
      ? { done: rows.created, of: rows.created + rows.good }
      : { done: row.checked, of: row.total };
  const { file, kind, state, refusal, columns } = row;
  return {
    id,
    scope: row.scopeId,
    file,
    kind,
    state,
    refusal,
    columns,
    rows,
    progress,
    by: row.personId,
    at: row.at.toISOString(),
  };
}

/** Rows of an import, paged by line. Throws NotFound. */
export async function importRowsOf(
  db: Db,
  personId: string,
  id: string,
  { after, state }: { after: number; state?: ImportRowState | undefined },
): Promise<{ rows: ImportRow[]; next: number | null }> {
  await visibleImport(db, personId, id);
  const rows = await db
    .select({
      row: importRows.row,
      state: importRows.state,
      title: importRows.title,
      findings: importRows.findings,
      record: importRows.recordId,
      reference: records.reference,
    })
    .from(importRows)
    .leftJoin(records, eq(records.id, importRows.recordId))
    .where(and(eq(importRows.importId, id), gt(importRows.row, after), state ? eq(importRows.state, state) : undefined))
    .orderBy(asc(importRows.row))
    .limit(page + 1);
  return { rows: rows.slice(0, page), next: rows.length > page ? rows[page - 1]!.row : null };
}

/** The presets, then the organisation's own mappings by name. Throws NotFound. */
export async function mappingsOf(db: Db, personId: string, organisationId: string): Promise<ColumnMapping[]> {
  if (!(await membershipOf(db, personId, organisationId))) throw new NotFound('organisation');
  const own = await db
    .select()
    .from(mappings)
    .where(eq(mappings.organisationId, organisationId))
    .orderBy(asc(mappings.name));
  return [...presets, ...own.map(({ id, name, columns }) => ({ id, name, preset: false, columns }))];
}
