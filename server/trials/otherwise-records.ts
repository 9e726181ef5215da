import { and, asc, count, eq, gt, ne } from 'drizzle-orm';
import type { Otherwise } from '#shared/contract/rule-set.ts';
import { recordDifference } from '#shared/domain/rule-trial.ts';
import type { Services } from '#server/commands/command.ts';
import { gatherFacts } from '#server/db/facts.ts';
import { records } from '#server/db/schema.ts';
import type { Asked, TrialStep } from './run-trial.ts';

/** Small enough that other work runs in between. */
const step = 50;

/** The present records outside the archive for which some gate would decide differently, in batches. */
export async function* changedRecordVerdicts(
  { db, now }: Services,
  { organisationId, present, proposed }: Asked,
): AsyncGenerator<TrialStep<Otherwise>> {
  const open = and(eq(records.organisationId, organisationId), ne(records.stage, 'archive'));
  const [{ of } = { of: 0 }] = await db.select({ of: count() }).from(records).where(open);
  for (let last: string | undefined; ;) {
    const after = last === undefined ? undefined : gt(records.id, last);
    const { rows, facts } = await db.transaction(async (tx) => {
      const rows = await tx.select().from(records).where(and(open, after)).orderBy(asc(records.id)).limit(step);
      return { rows, facts: await gatherFacts(tx, rows, now()) };
    });
    const otherwise: Otherwise[] = [];
    for (const { id, scopeId, reference } of rows) {
      const difference = recordDifference({ ...facts.get(id)!, ...present }, proposed);
      if (difference) otherwise.push({ scope: scopeId, record: id, reference, ...difference });
      // Judging a record twice takes a few milliseconds.
      await new Promise((resolve) => setImmediate(resolve));
    }
    yield { judged: rows.length, of, otherwise };
    last = rows.at(-1)?.id;
    if (rows.length < step) return;
  }
}
