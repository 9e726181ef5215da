import { and, asc, eq, gt, isNull, lte, gte, not, or, sql, type SQL } from 'drizzle-orm';
import type { Approval, ApprovalState, ApprovalSummary } from '#shared/contract/approval.ts';
import { NotFound } from '#server/commands/errors.ts';
import { membershipOf } from '#server/db/access.ts';
import { approvalOf, filesOf } from '#server/db/approvals.ts';
import { todayIn } from '#server/db/organisation-days.ts';
import type { Db } from '#server/db/driver/client.ts';
import { hasWords } from '#server/db/folded-text.ts';
import { approvalFiles, approvals, files, records } from '#server/db/schema.ts';

type ApprovalRow = typeof approvals.$inferSelect;

const page = 50;
/** The records of an approval are counted up to this limit: "1000+" is precise enough, and the scan stays bounded. */
const countLimit = 1000;

/** Throws NotFound if the reader is not a member of the approval's organisation. */
export async function visibleApproval(db: Db, readerId: string, id: string): Promise<ApprovalRow> {
  const [row] = await db.select().from(approvals).where(eq(approvals.id, id));
  if (!row || !(await membershipOf(db, readerId, row.organisationId))) throw new NotFound('approval');
  return row;
}

/** An approval with its files. Throws NotFound. */
export async function approvalView(db: Db, readerId: string, id: string, now: Date): Promise<Approval> {
  const row = await visibleApproval(db, readerId, id);
  return { ...approvalOf(row, await todayIn(db, row.organisationId, now)), files: await filesOf(db, id) };
}

/** The content of an attached file with its name and media type. Throws NotFound. */
export async function approvalFileContent(db: Db, readerId: string, id: string, hash: string) {
  const { organisationId } = await visibleApproval(db, readerId, id);
  const [file] = await db
    .select({ name: approvalFiles.name, mediaType: files.mediaType, content: files.content })
    .from(approvalFiles)
    .innerJoin(files, and(eq(files.organisationId, organisationId), eq(files.hash, approvalFiles.hash)))
    .where(and(eq(approvalFiles.approvalId, id), eq(approvalFiles.hash, hash)));
  if (!file) throw new NotFound('file');
  return file;
}

interface Wanted {
  text?: string | undefined;
  state?: ApprovalState | undefined;
  after?: string | undefined;
}

/** The register by number, with the number of records that reference each approval. Throws NotFound. */
export async function register(
  db: Db,
  readerId: string,
  organisation: string,
  { text, state, after }: Wanted,
  now: Date,
): Promise<{ approvals: ApprovalSummary[]; next: string | null }> {
  if (!(await membershipOf(db, readerId, organisation))) throw new NotFound('organisation');
  const today = await todayIn(db, organisation, now);
  const rows = await db
    .select({ row: approvals, records: coveredCount(), fallen: coveredCount(sql`and ${records.fallen}`) })
    .from(approvals)
    .where(
      and(
        eq(approvals.organisationId, organisation),
        after === undefined ? undefined : gt(approvals.number, after),
        hasWords(approvals.search, text ?? ''),
        state && inState(today)[state],
      ),
    )
    .orderBy(asc(approvals.number))
    .limit(page + 1);
  return {
    approvals: rows.slice(0, page).map(({ row, ...counts }) => {
      const { id, number, issuedOn, expiresOn, categories, authority, withdrawn, state } = approvalOf(row, today);
      const types = [...new Set(row.covers.map(({ type }) => type))];
      return { id, number, issuedOn, expiresOn, categories, authority, withdrawn, state, types, ...counts };
    }),
    next: rows.length > page ? rows[page - 1]!.row.number : null,
  };
}

const coveredCount = (more: SQL = sql``) =>
  sql<number>`(select count(*) from (select 1 from ${records} where ${records.organisationId} = ${approvals.organisationId}
    and ${records.approval} = ${approvals.number} ${more} limit ${countLimit}) as carried)`.mapWith(Number);

/** `approvalState` as an SQL condition. */
function inState(today: string): Record<ApprovalState, SQL | undefined> {
  const withdrawn = sql`coalesce(${lte(approvals.withdrawnOn, today)}, false)`;
  const pending = or(isNull(approvals.issuedOn), gt(approvals.issuedOn, today))!;
  const unended = or(isNull(approvals.expiresOn), gte(approvals.expiresOn, today))!;
  return {
    withdrawn,
    pending: and(not(withdrawn), pending),
    granted: and(not(withdrawn), not(pending), unended),
    expired: and(not(withdrawn), not(pending), not(unended)),
  };
}
