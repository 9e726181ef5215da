import { and, asc, desc, eq } from 'drizzle-orm';
import type { RecordDetail } from '#shared/contract/record.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/client.ts';
import { cardOf } from '#server/db/records.ts';
import { exceptions, judgements, records, reviews, revisions } from '#server/db/schema.ts';

/** Everything the record page shows. Throws NotFound. */
export async function recordDetail(db: Db, personId: string, id: string): Promise<RecordDetail> {
  const [row] = await db.select().from(records).where(eq(records.id, id));
  if (!row || !(await accessToScope(db, personId, row.scopeId))) throw new NotFound('record');
  const [[present], [judgement], raised, reviewed] = await Promise.all([
    db
      .select()
      .from(revisions)
      .where(and(eq(revisions.recordId, id), eq(revisions.number, row.revision))),
    db.select().from(judgements).where(eq(judgements.recordId, id)),
    db.select().from(exceptions).where(eq(exceptions.recordId, id)).orderBy(asc(exceptions.since)),
    db.select().from(reviews).where(eq(reviews.recordId, id)).orderBy(desc(reviews.at)),
  ]);
  return {
    card: cardOf(row),
    scope: row.scopeId,
    data: present!.data,
    revision: row.revision,
    editedBy: present!.editedBy,
    editedAt: present!.editedAt.toISOString(),
    verdicts: judgement!.verdicts,
    exceptions: raised.map(({ recordId: _, ownerId, closedBy, closedAt, resolution, since, ...exception }) => ({
      ...exception,
      owner: ownerId,
      since: since.toISOString(),
      closed: closedAt && { by: closedBy!, at: closedAt.toISOString(), resolution: resolution! },
    })),
    reviews: reviewed.map(({ recordId: _, reviewerId, at, ...review }) => ({
      ...review,
      reviewer: reviewerId,
      at: at.toISOString(),
    })),
  };
}
