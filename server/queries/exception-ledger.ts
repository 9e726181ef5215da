import { and, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { ExceptionLedger } from '#shared/contract/exception.ts';
import { NotFound } from '#server/commands/errors.ts';
import { accessToScope } from '#server/db/access.ts';
import type { Db } from '#server/db/driver/client.ts';
import { exceptions } from '#server/db/schema.ts';
import { raisedIn } from './exceptions.ts';

const mostRepeats = 20;
/** An exception closed without a resolution was raised by mistake and undone; it does not count. */
const meant = or(isNull(exceptions.closedAt), isNotNull(exceptions.resolution));

/**
 * The exceptions raised in a period, both days included: how many, how long they took and which repeat. Throws
 * NotFound.
 */
export async function exceptionLedger(
  db: Db,
  personId: string,
  scope: string,
  { from, to }: { from: string; to: string },
): Promise<ExceptionLedger> {
  const access = await accessToScope(db, personId, scope);
  if (!access) throw new NotFound('scope');
  const condition = and(raisedIn(access.scope, from, to), meant);
  const [lines, repeats] = await Promise.all([
    db
      .select({
        kind: exceptions.kind,
        raised: sql<number>`count(*)::int`,
        closed: sql<number>`count(${exceptions.closedAt})::int`,
        reopened: sql<number>`(count(*) filter (where ${exceptions.reopened} > 0))::int`,
        ...spells('total', sql`${exceptions.waitedOnUs} + ${exceptions.waitedOnOthers}`),
        ...spells('us', sql`${exceptions.waitedOnUs}`),
        ...spells('others', sql`${exceptions.waitedOnOthers}`),
      })
      .from(exceptions)
      .where(condition)
      .groupBy(exceptions.kind)
      .orderBy(sql`count(*) desc`, exceptions.kind),
    db
      .select({
        rule: sql<string | null>`min(${exceptions.rule})`,
        entry: sql<string | null>`min(${exceptions.entry})`,
        cause: sql<string>`min(${exceptions.cause})`,
        records: sql<number>`count(distinct ${exceptions.recordId})::int`,
        raised: sql<number>`count(*)::int`,
        open: sql<number>`(count(*) - count(${exceptions.closedAt}))::int`,
      })
      .from(exceptions)
      .where(condition)
      .groupBy(sameCause)
      .having(sql`count(distinct ${exceptions.recordId}) > 1`)
      .orderBy(sql`count(distinct ${exceptions.recordId}) desc`, sql`min(${exceptions.cause})`)
      .limit(mostRepeats),
  ]);
  return {
    lines: lines.map(({ kind, raised, closed, reopened, ...line }) => ({
      kind,
      raised,
      open: raised - closed,
      closed,
      reopened,
      toClose:
        closed === 0
          ? null
          : {
              total: { median: line.totalMedian!, longest: line.totalLongest! },
              us: { median: line.usMedian!, longest: line.usLongest! },
              others: { median: line.othersMedian!, longest: line.othersLongest! },
            },
    })),
    repeats,
  };
}

/** The finding it was raised from; otherwise its cause, regardless of spacing, case and final punctuation. */
const sameCause = sql`coalesce('rule ' || ${exceptions.rule} || ' ' || coalesce(${exceptions.entry}, ''),
  'cause ' || regexp_replace(lower(btrim(${exceptions.cause}, ' .!')), '\\s+', ' ', 'g'))`;

function spells<Name extends string>(name: Name, seconds: ReturnType<typeof sql>) {
  const closed = sql`filter (where ${exceptions.closedAt} is not null)`;
  return {
    [`${name}Median`]: sql<number | null>`(percentile_disc(0.5) within group (order by ${seconds}) ${closed})::int`,
    [`${name}Longest`]: sql<number | null>`(max(${seconds}) ${closed})::int`,
  } as Record<`${Name}Median` | `${Name}Longest`, ReturnType<typeof sql<number | null>>>;
}
