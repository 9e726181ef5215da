import { and, desc, eq, gte, isNotNull, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { ExceptionFilter, ScopeException } from '#shared/contract/exception.ts';
import { dayAfter, dayOf, startOfDay } from '#shared/domain/day.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { bySeverity, exceptionOf } from '#server/db/exceptions.ts';
import { folded, hasWords } from '#server/db/folded-text.ts';
import { exceptions, records } from '#server/db/schema.ts';

const page = 50;

/**
 * The exceptions of a scope after `after`: open ones by severity, then overdue ones, then the oldest first; closed ones
 * newest first. Throws NotFound.
 */
export async function exceptionsOfScope(
  db: Db,
  personId: string,
  scope: string,
  { after, ...filter }: ExceptionFilter & { after?: string | undefined },
  now: Date,
): Promise<{ exceptions: ScopeException[]; next: string | null }> {
  const access = await accessToScope(db, personId, scope);
  if (!access) throw new NotFound('scope');
  const today = dayOf(now, access.scope.timeZone);
  const late = sql<number>`case when ${exceptions.until} < ${today} then 0 else 1 end`;
  const weight = sql`(${bySeverity}, ${late}, ${exceptions.since}, ${exceptions.id})`;
  const rows = await db
    .select({
      exception: exceptions,
      record: { id: records.id, reference: records.reference, stage: records.stage },
      key: sql<string>`concat_ws(' ', ${bySeverity}, ${late}, to_char(${exceptions.since} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), ${exceptions.id})`,
    })
    .from(exceptions)
    .innerJoin(records, eq(records.id, exceptions.recordId))
    .where(
      and(
        eq(exceptions.scopeId, scope),
        filter.closed ? isNotNull(exceptions.closedAt) : isNull(exceptions.closedAt),
        ...conditions(filter, personId, today),
        after === undefined
          ? undefined
          : filter.closed
            ? lt(exceptions.id, after.split(' ').at(-1)!)
            : beyond(weight, after),
      ),
    )
    .orderBy(...(filter.closed ? [desc(exceptions.id)] : [sql`${weight}`]))
    .limit(page + 1);
  const shown = rows.slice(0, page);
  return {
    exceptions: shown.map(({ exception, record }) => ({ ...exceptionOf(exception), record })),
    next: rows.length > page ? shown.at(-1)!.key : null,
  };
}

function beyond(weight: SQL, key: string): SQL {
  const [severity, late, since, id] = key.split(' ');
  return sql`${weight} > (${Number(severity)}::int, ${Number(late)}::int, ${since}::timestamptz, ${id}::uuid)`;
}

function conditions({ kind, owner, waitingOn, mine, overdue, text }: ExceptionFilter, personId: string, today: string) {
  return [
    kind && eq(exceptions.kind, kind),
    owner && eq(exceptions.ownerId, owner),
    waitingOn && eq(exceptions.waitingOn, waitingOn),
    mine ? eq(exceptions.ownerId, personId) : undefined,
    overdue ? lt(exceptions.until, today) : undefined,
    hasWords(
      folded(sql`concat_ws(' ', ${exceptions.cause}, ${exceptions.waitingFor}, ${records.reference})`),
      text ?? '',
    ),
  ].filter((one) => one !== undefined && one !== '');
}

/** The condition for the exceptions of a scope that were raised in a period, both days included. */
export const raisedIn = (scope: { id: string; timeZone: string }, from: string, to: string) =>
  and(
    eq(exceptions.scopeId, scope.id),
    gte(exceptions.since, startOfDay(from, scope.timeZone)),
    lt(exceptions.since, startOfDay(dayAfter(to), scope.timeZone)),
  );
