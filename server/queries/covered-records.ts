import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Card } from '#shared/contract/record.ts';
import type { Db } from '#server/db/driver/client.ts';
import { cardOf } from '#server/db/records.ts';
import { records, rejudgements, scopes } from '#server/db/schema.ts';
import { scopeList } from './scopes.ts';
import { visibleApproval } from './approvals.ts';

const page = 50;
/** Records in the rejudge queue are counted up to this limit. */
const countLimit = 1000;

interface Wanted {
  fallen?: boolean | undefined;
  /** `fallen <id>` or `standing <id>`: the last record of the previous page. */
  after?: string | undefined;
}

interface CoveredRecord {
  records: { scope: { id: string; name: string }; card: Card }[];
  waiting: number;
  next: string | null;
}

/** The records that reference an approval, those with a regression first. Throws NotFound. */
export async function coveredRecords(
  db: Db,
  readerId: string,
  approval: string,
  { fallen: only = false, after }: Wanted,
): Promise<CoveredRecord> {
  const { organisationId, number } = await visibleApproval(db, readerId, approval);
  const covered = and(eq(records.organisationId, organisationId), eq(records.approval, number));
  const { scopes: visible } = await scopeList(db, readerId);
  const [part, behind] = (after?.split(' ') ?? []) as [string?, string?];
  const read = (fallen: boolean, from: string | undefined, limit: number) =>
    db
      .select({ row: records, scope: { id: scopes.id, name: scopes.name } })
      .from(records)
      .innerJoin(scopes, eq(scopes.id, records.scopeId))
      .where(
        and(
          covered,
          fallen ? sql`${records.fallen}` : sql`not ${records.fallen}`,
          inArray(
            records.scopeId,
            visible.map(({ id }) => id),
          ),
          from === undefined ? undefined : gt(records.id, from),
        ),
      )
      .orderBy(asc(records.id))
      .limit(limit);
  const rows = part === 'standing' ? [] : await read(true, behind, page + 1);
  if (!only && rows.length <= page)
    rows.push(...(await read(false, part === 'standing' ? behind : undefined, page + 1 - rows.length)));
  const [waiting] = await db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(
      db
        .select({ id: records.id })
        .from(rejudgements)
        .innerJoin(records, eq(records.id, rejudgements.recordId))
        .where(covered)
        .limit(countLimit)
        .as('waiting'),
    );
  const last = rows.length > page ? rows[page - 1]!.row : null;
  return {
    records: rows.slice(0, page).map(({ row, scope }) => ({ scope, card: cardOf(row) })),
    waiting: waiting!.count,
    next: last && `${last.fallen ? 'fallen' : 'standing'} ${last.id}`,
  };
}
