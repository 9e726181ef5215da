import { expect, test } from 'vitest';
import type { ApprovalState } from '#shared/contract/approval.ts';
import { coveredBy, registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { createRecords } from '#server/commands/records/create.ts';
import { by } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';

const ctx = useTestServer({ now: () => new Date('2026-11-24T09:00:00Z') });
const route = 'get /api/organisations/{organisation}/approvals';
const list = (query: { text?: string; state?: ApprovalState; after?: string } = {}) =>
  ctx.users.observer.call(route, { params: { organisation: ctx.users.organisation }, query });

test('filters the register by the state derived from the dates, and by any part of number, authority or type', async () => {
  const { users } = ctx;
  const dates: Record<ApprovalState, object> = {
    pending: { issuedOn: '2026-11-25' },
    granted: { issuedOn: '2026-11-24', expiresOn: '2026-11-24' },
    expired: { issuedOn: '2026-01-01', expiresOn: '2026-11-23' },
    withdrawn: { issuedOn: '2026-01-01' },
  };
  const ids: Record<string, string> = {};
  for (const [state, changes] of Object.entries(dates)) {
    const covers = [{ type: `T_${state}`, variant: null, version: null }];
    ids[state] = (await registerOne(users, { authority: 'Amt für 100%', covers, ...changes })).id;
  }
  const withdrawal = { on: '2026-11-24', why: 'Recalled' };
  await users.lead.call('post /api/approvals/{approval}/withdraw', {
    params: { approval: ids['withdrawn']! },
    body: withdrawal,
  });
  for (const state of Object.keys(dates) as ApprovalState[]) {
    const { approvals } = await list({ state, text: 'für 100%' });
    expect(approvals.map(({ id, state }) => [id, state])).toEqual([[ids[state], state]]);
    expect((await list({ text: `t_${state}` })).approvals.map(({ id }) => id)).toEqual([ids[state]]);
  }
  expect((await list({ text: 'FÜR 100_' })).approvals).toEqual([]);
});

test.each(['STRASSE koln', 'ko\u0308ln straße'])(
  '%s finds an authority in any order and without accents (fault no. 24)',
  async (text) => {
    const { id } = await registerOne(ctx.users, { authority: 'Amt Köln, Lange Straße' });
    expect((await list({ text })).approvals.map((approval) => approval.id)).toContain(id);
  },
);

test('keyset pages return every approval once, in order', async () => {
  const { users } = ctx;
  for (let n = 0; n < 55; n++) await registerOne(users, { authority: 'Paged' });
  const first = await list({ text: 'paged' });
  const second = await list({ text: 'paged', after: first.next! });
  expect([first.approvals.length, second.approvals.length, second.next]).toEqual([50, 5, null]);
  const numbers = [...first.approvals, ...second.approvals].map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].sort());
});

test('an approval lists its referencing records by page, for people with access to their scope', async () => {
  const { users, server } = ctx;
  const approval = await registerOne(users);
  const drafts = Array.from({ length: 60 }, () => ({
    data: vehicleUnder(approval),
    source: { kind: 'api' as const },
    sourceKey: null,
  }));
  await createRecords(server.services, by(users.lead), { scope: users.scope, drafts });
  const first = await coveredBy(users.observer, approval);
  const second = await coveredBy(users.observer, approval, { after: first.next! });
  expect([first.records.length, second.records.length, second.next]).toEqual([50, 10, null]);
  expect(new Set([...first.records, ...second.records].map(({ card }) => card.id)).size).toBe(60);
  const [line] = (await list({ text: approval.number })).approvals;
  expect(line).toMatchObject({ records: 60, fallen: 0 });
});
