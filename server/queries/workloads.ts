import { and, asc, eq, isNotNull, ne, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { ScopeWorkloads, OwnedAction } from '#shared/contract/workload.ts';
import { dayOf } from '#shared/domain/day.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { records, scopeDuties, trails } from '#server/db/schema.ts';

/** Number of next actions shown per person. */
const shown = 3;
/**
 * Maximum number of records of a scope that are read by due day, for all owners together; and of records without a due
 * day per person.
 */
const dueFirst = 1000;

const columns = {
  id: records.id,
  reference: records.reference,
  stage: records.stage,
  what: records.nextAction,
  due: records.dueOn,
  owner: records.actionOwnerId,
};

/** The workload of each person with a duty in a scope. Throws NotFound. */
export async function handing(db: Db, personId: string, scopeId: string, now: Date): Promise<ScopeWorkloads> {
  const access = await accessToScope(db, personId, scopeId);
  if (!access) throw new NotFound('scope');
  // The sequence number is read before the rows: a change in between also arrives as an event, which then changes
  // nothing.
  const [head] = await db.select().from(trails).where(eq(trails.id, scopeId));
  const { counts, lastSeq } = head!;
  const [people, dated] = await Promise.all([
    db
      .selectDistinct({ id: scopeDuties.personId })
      .from(scopeDuties)
      .where(eq(scopeDuties.scopeId, scopeId))
      .orderBy(asc(scopeDuties.personId)),
    db
      .select(columns)
      .from(records)
      .where(and(eq(records.scopeId, scopeId), isNotNull(records.dueOn), ne(records.stage, 'archive')))
      .orderBy(asc(records.dueOn), asc(records.id))
      .limit(dueFirst),
  ]);
  const byOwner = Map.groupBy(dated, ({ owner }) => owner);
  const owns = (id: string) => counts[`owner.${id}`] ?? 0;
  const short = people.filter(({ id }) => (byOwner.get(id)?.length ?? 0) < Math.min(shown, owns(id)));
  const others = Map.groupBy(await undated(db, scopeId, short), ({ owner }) => owner);
  const today = dayOf(now, access.scope.timeZone);
  return {
    seq: lastSeq,
    unowned: counts['owner.none'] ?? 0,
    loads: people.map(({ id }) => {
      const theirs = byOwner.get(id) ?? [];
      const next = [...theirs, ...(others.get(id) ?? [])].slice(0, shown);
      const overdue = theirs.filter(({ due }) => due! < today).length;
      return { person: id, owns: owns(id), overdue, next: next.map(actionOf) };
    }),
  };
}

/** The first next actions without a due day of each of these people, each read by the index on owners. */
async function undated(db: Db, scopeId: string, people: readonly { id: string }[]) {
  const windows = people.map(({ id }) =>
    db
      .select(columns)
      .from(records)
      .where(
        and(
          eq(records.scopeId, scopeId),
          eq(records.actionOwnerId, id),
          ne(records.stage, 'archive'),
          sql`${records.dueOn} is null`,
        ),
      )
      .orderBy(asc(records.stage), asc(records.rank), asc(records.id))
      .limit(shown),
  );
  const [first, second, ...rest] = windows;
  if (!first) return [];
  return second ? unionAll(first, second, ...rest) : first;
}

type Row = { id: string; reference: string } & Pick<OwnedAction, 'stage' | 'what' | 'due'>;
const actionOf = ({ id, reference, stage, what, due }: Row): OwnedAction => ({
  record: { id, reference },
  stage,
  what,
  due,
});
