import { and, asc, desc, eq, gt, isNotNull, lte, sql } from 'drizzle-orm';
import type { ChangesSince, SinceWhat } from '#shared/contract/since.ts';
import { changedRecords, changeTotals, noChanges, withChanges } from '#shared/domain/changes-since.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { events, people, records, standups, visits } from '#server/db/schema.ts';
import { lastSeq } from '#server/db/trail.ts';
import { momentOf, seqAt } from '#server/db/trail-moments.ts';
import { trailEvent } from './activity.ts';

/** Beyond this many events, the answer contains only the newest ones and reports that. */
const most = 2_000;

/** The changes in a scope since a point, folded from its events. Throws NotFound. */
export async function changesSince(db: Db, personId: string, scope: string, from: SinceWhat): Promise<ChangesSince> {
  if (!(await accessToScope(db, personId, scope))) throw new NotFound('scope');
  const head = await lastSeq(db, scope);
  const since = await beginning(db, personId, scope, head, from);
  const start = since ? Math.max(since.seq, head - most) : head;
  const rows = await db
    .select({
      event: {
        seq: events.seq,
        at: events.at,
        kind: events.kind,
        actorId: events.actorId,
        recordId: events.recordId,
        body: events.body,
      },
      blocked: sql<number | null>`(${events.card} #>> '{blocked,count}')::int`,
      actor: people.name,
      reference: records.reference,
    })
    .from(events)
    .leftJoin(people, eq(people.id, events.actorId))
    .leftJoin(records, eq(records.id, events.recordId))
    .where(and(eq(events.trailId, scope), gt(events.seq, start), lte(events.seq, head)))
    .orderBy(asc(events.seq));
  const changes = withChanges(
    noChanges(start),
    rows.map((row) => ({
      ...trailEvent(row),
      card: row.blocked === null ? null : { blocked: { count: row.blocked, reason: null } },
    })),
  );
  return {
    since: since && { seq: since.seq, at: since.at.toISOString() },
    exactFrom:
      since && start > since.seq ? { seq: start, at: (await momentOf(db, scope, start))!.toISOString() } : null,
    seq: head,
    totals: changeTotals(changes),
    records: changedRecords(changes),
  };
}

async function beginning(db: Db, personId: string, scope: string, head: number, from: SinceWhat) {
  if (from === 'standup') {
    const [last] = await db
      .select({ seq: standups.seq, at: standups.startedAt })
      .from(standups)
      .where(and(eq(standups.scopeId, scope), isNotNull(standups.endedAt)))
      .orderBy(desc(standups.id))
      .limit(1);
    return last ?? null;
  }
  if (from === 'visit') {
    const [mine] = await db
      .select({ seq: visits.seqBefore, at: visits.atBefore })
      .from(visits)
      .where(and(eq(visits.scopeId, scope), eq(visits.personId, personId)));
    return mine ?? null;
  }
  const moment = typeof from === 'string' ? new Date(from) : null;
  const seq = moment ? await seqAt(db, scope, head, moment) : Math.min(Number(from), head);
  const at = moment ?? (await momentOf(db, scope, Math.max(seq, 1)));
  return at && { seq, at };
}
