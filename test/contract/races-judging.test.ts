import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { createRecords } from '#server/commands/records/create.ts';
import { withdrawApproval } from '#server/commands/approvals/withdraw.ts';
import { checkTrails } from '#server/db/check-trail.ts';
import { judgements, records, rejudgements } from '#server/db/schema.ts';
import { rejudgeQueued } from '#server/jobs/rejudge.ts';
import { coveredBy, registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

/** Needs several concurrent connections: PostgreSQL. */
const ctx = useTestServer();

/** Another process: it shares the database and receives no messages of this one. */
const elsewhere = () => ({ ...ctx.server.services, publish: () => {} });

const draftUnder = (approval: Parameters<typeof vehicleUnder>[0]) => ({
  data: vehicleUnder(approval),
  source: { kind: 'api' as const },
  sourceKey: null,
});

const withdrawal = (approval: string) => ({ approval, on: '2020-01-01', why: 'Recalled' });

test('three processes that judge concurrently judge each record once, and leave none', async () => {
  const { users, server } = ctx;
  const approval = await registerOne(users);
  const drafts = Array.from({ length: 500 }, () => draftUnder(approval));
  await createRecords(server.services, by(users.lead), { scope: users.scope, drafts });
  await withdrawApproval(elsewhere(), by(users.lead), withdrawal(approval.id));
  const judged = await Promise.all([1, 2, 3].map(() => rejudgeQueued(elsewhere())));
  expect(judged.reduce((sum, one) => sum + one)).toBe(500);
  expect(await server.db.$count(rejudgements)).toBe(0);
  const rows = await server.db.select().from(records).where(eq(records.approval, approval.number));
  expect(new Set(rows.map(({ version }) => version))).toEqual(new Set([2]));
  expect((await checkTrails(server.db)).breaks).toEqual([]);
});

test('a record that references an approval while it is being withdrawn is judged by the withdrawal', async () => {
  const { users, server } = ctx;
  for (let round = 0; round < 12; round++) {
    const approval = await registerOne(users);
    const create = () =>
      createRecords(elsewhere(), by(users.lead), { scope: users.scope, drafts: [draftUnder(approval)] });
    const judging = () => rejudgeQueued(elsewhere());
    await Promise.all([
      create(),
      create(),
      withdrawApproval(elsewhere(), by(users.lead), withdrawal(approval.id)),
      judging(),
      create(),
    ]);
    await rejudgeQueued(elsewhere());
    const verdicts = await server.db
      .select({ verdicts: judgements.verdicts })
      .from(judgements)
      .innerJoin(records, eq(records.id, judgements.recordId))
      .where(eq(records.approval, approval.number));
    expect(verdicts).toHaveLength(3);
    for (const { verdicts: judged } of verdicts) {
      const findings = judged.flatMap(({ findings }) => findings);
      expect(findings).toContainEqual(
        expect.objectContaining({ rule: 'R08', params: expect.objectContaining({ why: 'withdrawn' }) }),
      );
    }
  }
});

const versionOf = async (id: string) =>
  (await ctx.server.db.select({ version: records.version }).from(records).where(eq(records.id, id)))[0]!.version;

test('a locked record is judged later and delays no other', async () => {
  const { users, server } = ctx;
  const approval = await registerOne(users);
  await newRecord(users, vehicleUnder(approval));
  const other = await newRecord(users, vehicleUnder(approval));
  await withdrawApproval(elsewhere(), by(users.lead), withdrawal(approval.id));
  let judging!: Promise<number>;
  await server.db.transaction(async (tx) => {
    await tx.execute(sql`select 1 from ${records} where ${records.id} = ${other.id} for update`);
    judging = rejudgeQueued(elsewhere());
    await waitFor(async () => (await coveredBy(users.lead, approval)).waiting === 1);
    expect(await versionOf(other.id)).toBe(1);
  });
  expect(await judging).toBe(2);
  expect(await versionOf(other.id)).toBe(2);
});
