import { eq, sql } from 'drizzle-orm';
import { afterEach, expect, test, vi } from 'vitest';
import { changeApproval } from '#server/commands/approvals/change.ts';
import { judgements, records, rejudgements } from '#server/db/schema.ts';
import { rejudgeQueued, startRejudging } from '#server/jobs/rejudge.ts';
import { coveredBy, changeOf, registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { newRecord } from '#test/support/records.ts';
import { inDays } from '#test/support/waivers.ts';
import { eventsOf } from '#test/support/writes.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();

afterEach(() => void vi.useRealTimers());

/** Another process: this server's job is not notified of its changes. */
const elsewhere = () => ({ ...ctx.server.services, publish: () => {} });

async function recordUnderApproval() {
  const { users } = ctx;
  const approval = await registerOne(users);
  const card = await newRecord(users, vehicleUnder(approval));
  return { approval, card };
}

const errorsOf = async (record: string) => {
  const { verdicts } = await ctx.users.lead.call('get /api/records/{record}', { params: { record } });
  return verdicts.flatMap(({ findings }) => findings.map(({ rule }) => rule));
};

test('changes left unjudged by a dead process are judged at the next start', async () => {
  const { users } = ctx;
  const { approval, card } = await recordUnderApproval();
  const { params, body } = changeOf(approval, { expiresOn: '2020-01-01' });
  await changeApproval(elsewhere(), by(users.lead), { ...params, ...body });
  expect((await coveredBy(users.lead, approval)).waiting).toBe(1);
  expect(await errorsOf(card.id)).not.toContain('R08');
  const job = startRejudging(elsewhere());
  await waitFor(async () => (await coveredBy(users.lead, approval)).waiting === 0);
  await job.close();
  expect(await errorsOf(card.id)).toContain('R08');
});

test('verdicts of an earlier edition are rejudged by this one at the next start', async () => {
  const { server } = ctx;
  const { card } = await recordUnderApproval();
  const judgement = () => server.db.select().from(judgements).where(eq(judgements.recordId, card.id));
  const [before] = await judgement();
  await server.db.update(judgements).set({ ruleSet: '1.0', verdicts: [] }).where(eq(judgements.recordId, card.id));
  const job = startRejudging(elsewhere());
  await waitFor(async () => (await judgement())[0]!.ruleSet !== '1.0');
  await job.close();
  expect((await judgement())[0]).toMatchObject({ ruleSet: before!.ruleSet, verdicts: before!.verdicts });
});

test('a record written before the register existed gets the approval number of its data', async () => {
  const { users, server } = ctx;
  const { approval, card } = await recordUnderApproval();
  await server.db.update(records).set({ approval: null, judgeOn: null }).where(eq(records.id, card.id));
  await server.db.insert(rejudgements).values({ recordId: card.id, cause: 'edition', since: new Date() });
  await rejudgeQueued(elsewhere());
  expect((await coveredBy(users.lead, approval)).records.map(({ card: { id } }) => id)).toEqual([card.id]);
});

test('a record already judged by the change leaves no second event, however often it is queued again', async () => {
  const { users, server } = ctx;
  const { approval, card } = await recordUnderApproval();
  await server.db
    .insert(rejudgements)
    .values({ recordId: card.id, cause: `approval ${approval.number}`, since: new Date() });
  const { answer, left } = await eventsOf(server.db, users.scope, () => rejudgeQueued(elsewhere()));
  expect([answer, left]).toEqual([1, []]);
});

test('a record that cannot be judged does not delay the others of its batch, and is retried later (fault D12)', async () => {
  const { server } = ctx;
  const [broken, sound] = [await recordUnderApproval(), await recordUnderApproval()];
  const now = new Date();
  for (const { card } of [broken, sound])
    await server.db.insert(rejudgements).values({ recordId: card.id, cause: 'edition', since: now });
  await server.db.update(judgements).set({ verdicts: [] }).where(eq(judgements.recordId, sound.card.id));
  // The checklist rule throws on it.
  await server.db
    .update(records)
    .set({ checklist: sql`'null'::jsonb` })
    .where(eq(records.id, broken.card.id));
  expect(await rejudgeQueued(elsewhere())).toBe(1);
  const [judged] = await server.db.select().from(judgements).where(eq(judgements.recordId, sound.card.id));
  expect(judged!.verdicts.length).toBeGreaterThan(0);
  const waiting = await server.db.select().from(rejudgements);
  expect(waiting.map(({ recordId }) => recordId)).toEqual([broken.card.id]);
  expect(waiting[0]!.since.getTime()).toBeGreaterThan(now.getTime());
  await server.db.delete(rejudgements);
});

test('the date is checked even if its minute comes while the job runs (fault D12)', async () => {
  const { users } = ctx;
  const later = await recordUnderApproval();
  const ends = changeOf(later.approval, { expiresOn: inDays(ctx, 10) });
  await changeApproval(elsewhere(), by(users.lead), { ...ends.params, ...ends.body });
  await rejudgeQueued(elsewhere());
  expect(await errorsOf(later.card.id)).not.toContain('R08');
  const first = await recordUnderApproval();
  const ended = changeOf(first.approval, { expiresOn: '2020-01-01' });
  await changeApproval(elsewhere(), by(users.lead), { ...ended.params, ...ended.body });

  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let now = new Date();
  const job = startRejudging({
    ...ctx.server.services,
    now: () => now,
    publish: (_, events) => {
      if (events.every(({ record }) => record?.id !== first.card.id)) return;
      now = new Date(now.getTime() + 20 * 86_400_000);
      vi.advanceTimersByTime(60_000);
    },
  });
  await waitFor(async () => (await errorsOf(later.card.id)).includes('R08'));
  await job.close();
});
