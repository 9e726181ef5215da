import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { importRows, imports, operations, ruleTrials, sessions, signInTries } from '#server/db/schema.ts';
import { retentionDays, prune } from '#server/jobs/prune.ts';
import { signedIn } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { uploaded } from '#test/support/import.ts';
import { newRecord } from '#test/support/records.ts';
import { settingsWith, tried } from '#test/support/rules.ts';
import { expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();
const later = (days: number) => () => new Date(ctx.server.services.now().getTime() + days * 86_400_000);
const pruneAfter = (days: number) => prune({ db: ctx.server.db, now: later(days) });
const route = 'post /api/records/{record}/next-action';

test('a resent command is idempotent while its answer is kept, and the answer is not kept forever (fault S21)', async () => {
  const { users, server } = ctx;
  const { id } = await newRecord(users);
  const operation = randomUUID();
  const ask = { params: { record: id }, body: { from: null, to: users.lead.id, what: 'look', due: null }, operation };
  const answer = await users.lead.call(route, ask);
  await pruneAfter(retentionDays.operations - 1);
  // Their session of that time has expired.
  const again = await signedIn(server, users.lead);
  expect(await expectNoWrites(server.db, () => again.call(route, ask))).toEqual(answer);
  await pruneAfter(retentionDays.operations + 1);
  const late = await signedIn(server, users.lead);
  expect(await server.db.select().from(operations)).toEqual([]);
  // Even then it is not silently run again: the state it was based on is stale.
  expect(await late.refused(route, ask)).toMatchObject({ type: 'stale' });
});

test('expired sessions, finished trials, imports and counted attempts are pruned after their time, others stay (fault S21)', async () => {
  const { users, server } = ctx;
  const { db } = server;
  const [lead, admin] = [await signedIn(server, users.lead), await signedIn(server, users.admin)];
  await tried(ctx, settingsWith({ waiverDays: 77 }), admin);
  const row = 'PR-1,WORKS,e1*2007/46*1234*01,T1,V1,W1,NORDHAVN,SUND,M1';
  const { id } = await uploaded(lead, users.scope, `VFN,Man,Tan,T,Va,Ve,Mk,Cn,Ct\n${row}\n`);
  await db.insert(signInTries).values({ key: 'x', tries: 1, at: server.services.now() });
  const client = await signedIn(server, users.reviewer);
  const count = async () => [
    (await db.select().from(ruleTrials)).length,
    (await db.select().from(imports)).length,
    (await db.select().from(importRows).where(eq(importRows.importId, id))).length,
    (await db.select().from(signInTries)).length,
  ];
  await pruneAfter(0.5);
  expect(await count()).toEqual([1, 1, 1, 1]);
  expect((await client.fetch('/api/self')).status).toBe(200);
  await pruneAfter(Math.max(...Object.values(retentionDays)) + 1);
  expect(await count()).toEqual([0, 0, 0, 0]);
  expect(await db.select().from(sessions)).toEqual([]);
});
