import { isDeepStrictEqual } from 'node:util';
import { asc, inArray, sql } from 'drizzle-orm';
import type { Facts } from '#shared/domain/facts.ts';
import { judge, type Judgement } from '#shared/domain/judge.ts';
import { approvalNumberOf } from '#shared/domain/rules/register.ts';
import type { Tx } from '#server/db/driver/client.ts';
import { gatherFacts } from '#server/db/facts.ts';
import { cardOf, type RecordRow } from '#server/db/records.ts';
import { records, rejudgements } from '#server/db/schema.ts';
import { countChange } from '#server/db/trail.ts';
import { logError } from '#server/log.ts';
import { command, type CommandContext } from '../command.ts';
import { mapYielding } from './map-yielding.ts';
import { judgedColumns } from './save-record.ts';
import { storeJudgements } from './store-judgements.ts';
import { notifyRegression } from './notify-regression.ts';

/** Records per transaction. Moving one of them waits until that transaction ends. */
const batch = 100;

/** Milliseconds until a record that could not be judged is retried, behind all others. */
const retryAfterMs = 60 * 60_000;

interface RejudgedRecord {
  before: RecordRow;
  after: RecordRow;
  facts: Facts;
  judgement: Judgement;
  cause: string;
}

/**
 * Judges the next records of the rejudge queue by the present register, rules and date. Records that another process or
 * a person has locked are left for later. Each record whose card changed records an event; a regression notifies the
 * people of the record.
 */
export const rejudgeRecords = command('judge-records-again', async (ctx): Promise<{ judged: number; held: number }> => {
  const { tx, now } = ctx;
  const waiting = await tx
    .select({ id: rejudgements.recordId, cause: rejudgements.cause })
    .from(rejudgements)
    .orderBy(asc(rejudgements.since), asc(rejudgements.recordId))
    .limit(batch)
    .for('update', { skipLocked: true });
  if (waiting.length === 0) return { judged: 0, held: 0 };
  const causes = new Map(waiting.map(({ id, cause }) => [id, cause]));
  const rows = await tx
    .select()
    .from(records)
    .where(inArray(records.id, [...causes.keys()]))
    .orderBy(asc(records.id))
    .for('update', { skipLocked: true });
  const failed = new Set<string>();
  const again = (
    await mapYielding(await factsOf(tx, rows, now), ({ row, facts }): RejudgedRecord[] => {
      const judgement = judgedOrNull(row, facts);
      if (!judgement) return failed.add(row.id) && [];
      const columns = { approval: row.approval, ...judgedColumns(row.stage, judgement.marks, facts) };
      const before = rows.find(({ id }) => id === row.id)!;
      return [{ before, after: { ...before, ...columns }, facts, judgement, cause: causes.get(row.id)! }];
    })
  ).flat();
  const changed = again.filter(({ before, after }) => !isSame(before, after));
  for (const one of changed) if (showsElse(one)) one.after.version += 1;
  await storeRecords(tx, changed);
  const judgements = again.map(({ after, judgement, facts }) => ({ record: after.id, ...judgement, facts }));
  await storeJudgements(tx, judgements, now);
  await notifyRegression(
    ctx,
    changed.filter(({ before, after }) => after.fallen && !before.fallen),
  );
  for (const one of changed) if (one.after.version !== one.before.version) leaveEvent(ctx, one);
  const done = rows.map(({ id }) => id).filter((id) => !failed.has(id));
  if (done.length > 0) await tx.delete(rejudgements).where(inArray(rejudgements.recordId, done));
  if (failed.size > 0)
    await tx
      .update(rejudgements)
      .set({ since: new Date(now.getTime() + retryAfterMs) })
      .where(inArray(rejudgements.recordId, [...failed]));
  return { judged: done.length, held: waiting.length - rows.length };
});

/** Null if a rule throws: that is a bug in the rule, and the other records of the batch must not wait for it. */
function judgedOrNull(row: RecordRow, facts: Facts): Judgement | null {
  try {
    return judge(facts);
  } catch (error) {
    logError(`judging record ${row.id}`, error);
    return null;
  }
}

/** The facts of each record. Sets the approval number of a row that lacks the one in its data. */
async function factsOf(tx: Tx, rows: readonly RecordRow[], now: Date): Promise<{ row: RecordRow; facts: Facts }[]> {
  const facts = await gatherFacts(tx, rows, now);
  const named = rows.map((row) => ({ ...row, approval: approvalNumberOf(facts.get(row.id)!.data) }));
  const renamed = named.filter(({ approval }, index) => approval !== rows[index]!.approval);
  const refreshed = await gatherFacts(tx, renamed, now);
  return named.map((row) => ({ row, facts: refreshed.get(row.id) ?? facts.get(row.id)! }));
}

const judged = ['approval', 'gates', 'fallen', 'judgeOn', 'waived', 'review'] as const;

/**
 * Whether judging changed nothing. A deep comparison, because the database returns the keys of JSON columns in its own
 * order.
 */
function isSame(before: RecordRow, after: RecordRow): boolean {
  return judged.every((column) => isDeepStrictEqual(before[column], after[column]));
}

/** Whether the card changed. Judging may also change values that no card shows. */
function showsElse({ before, after }: Pick<RejudgedRecord, 'before' | 'after'>): boolean {
  return !isDeepStrictEqual(cardOf(before), cardOf(after));
}

function leaveEvent(ctx: CommandContext, { before, after, cause }: RejudgedRecord): void {
  const wasOpen = new Map(before.gates.map(({ stage, errors }) => [stage, errors === 0]));
  const turned = (open: boolean) =>
    after.gates
      .filter(({ stage, errors }) => (errors === 0) === open && wasOpen.get(stage) === !open)
      .map(({ stage }) => stage);
  const [shut, opened] = [turned(false), turned(true)];
  const counts = countChange(cardOf(before), cardOf(after));
  ctx.record({
    trail: after.scopeId,
    kind: 'record.judged',
    record: { id: after.id, reference: after.reference },
    body: { cause, shut, opened },
    card: cardOf(after),
    counts,
  });
}

async function storeRecords(tx: Tx, changed: readonly RejudgedRecord[]): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.map(({ after }) => ({
    id: after.id,
    version: after.version,
    approval: after.approval,
    gates: after.gates,
    fallen: after.fallen,
    judge_on: after.judgeOn,
    waived: after.waived,
    review: after.review,
  }));
  await tx.execute(sql`
    update ${records} set version = j.version, approval = j.approval, gates = j.gates, fallen = j.fallen,
      judge_on = j.judge_on, waived = j.waived, review = j.review
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as j(id uuid, version integer, approval text,
      gates jsonb, fallen boolean, judge_on date, waived integer, review text)
    where ${records.id} = j.id`);
}
