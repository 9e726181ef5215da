import { dayOf } from '#shared/domain/day.ts';
import { and, asc, desc, eq } from 'drizzle-orm';
import type { RecordDetail } from '#shared/contract/record.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import { exceptionOf } from '#server/db/exceptions.ts';
import type { Db } from '#server/db/driver/client.ts';
import { approvalOf } from '#server/db/approvals.ts';
import { presentRules } from '#server/db/rule-sets.ts';
import { cardOf, type RecordRow } from '#server/db/records.ts';
import { waiverOf } from '#server/db/waivers.ts';
import { approvals, exceptions, judgements, records, reviews, revisions, waivers } from '#server/db/schema.ts';

/** Everything the record page shows. Throws NotFound. */
export async function recordDetail(db: Db, personId: string, id: string, now: Date): Promise<RecordDetail> {
  const [row] = await db.select().from(records).where(eq(records.id, id));
  const access = row && (await accessToScope(db, personId, row.scopeId));
  if (!row || !access) throw new NotFound('record');
  const [[present], [judgement], raised, reviewed, rules, allowed, approval] = await Promise.all([
    db
      .select()
      .from(revisions)
      .where(and(eq(revisions.recordId, id), eq(revisions.number, row.revision))),
    db.select().from(judgements).where(eq(judgements.recordId, id)),
    db.select().from(exceptions).where(eq(exceptions.recordId, id)).orderBy(asc(exceptions.since)),
    db.select().from(reviews).where(eq(reviews.recordId, id)).orderBy(desc(reviews.at)),
    presentRules(db, row.organisationId),
    db.select().from(waivers).where(eq(waivers.recordId, id)).orderBy(desc(waivers.id)),
    registeredUnder(db, row, access.scope.timeZone, now),
  ]);
  return {
    card: cardOf(row),
    scope: row.scopeId,
    data: present!.data,
    revision: row.revision,
    editedBy: present!.editedBy,
    editedAt: present!.editedAt.toISOString(),
    verdicts: judgement!.verdicts,
    ruleSet: judgement!.ruleSet,
    settings: rules.settings,
    approval,
    waivers: allowed.map((waiver) => waiverOf(waiver, row.reference)),
    exceptions: raised.map(exceptionOf),
    reviews: reviewed.map(({ recordId: _, reviewerId, at, ...review }) => ({
      ...review,
      reviewer: reviewerId,
      at: at.toISOString(),
    })),
  };
}

async function registeredUnder(
  db: Db,
  { organisationId, approval }: RecordRow,
  timeZone: string,
  now: Date,
): Promise<RecordDetail['approval']> {
  if (approval === null) return null;
  const [row] = await db
    .select()
    .from(approvals)
    .where(and(eq(approvals.organisationId, organisationId), eq(approvals.number, approval)));
  return row ? approvalOf(row, dayOf(now, timeZone)) : null;
}
