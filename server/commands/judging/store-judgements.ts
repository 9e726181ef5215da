import { eq, sql } from 'drizzle-orm';
import type { Judgement } from '#shared/domain/judge.ts';
import type { Facts } from '#shared/domain/facts.ts';
import type { Tx } from '#server/db/driver/client.ts';
import { judgements } from '#server/db/schema.ts';
import { statement } from '#server/db/driver/statement.ts';

/** The verdicts of a record, and the facts they are based on. */
export interface JudgedRecord extends Pick<Judgement, 'verdicts'> {
  record: string;
  facts: Facts;
}

/** Stores the verdicts of many records in one statement. */
export async function storeJudgements(tx: Tx, judgedRecords: readonly JudgedRecord[], now: Date): Promise<void> {
  if (judgedRecords.length === 0) return;
  const rows = judgedRecords.map(({ record, verdicts, facts }) => ({ record, verdicts, ruleSet: facts.ruleSet }));
  await stored(tx, { rows: JSON.stringify(rows), now });
}

const stored = statement((db) =>
  db
    .update(judgements)
    .set({ verdicts: sql`new.verdicts`, ruleSet: sql`new."ruleSet"`, judgedAt: sql.placeholder('now') as never })
    .from(
      sql`jsonb_to_recordset(${sql.placeholder('rows')}::text::jsonb) as new(record uuid, verdicts jsonb, "ruleSet" text)`,
    )
    .where(eq(judgements.recordId, sql`new.record`)),
);
