import { expect, test } from 'vitest';
import type { ApprovalState } from '#shared/contract/approval.ts';
import { carriedBy, registerOne, vehicleUnder } from '#test/support/approvals.ts';
import { createRecords } from '#server/commands/create-records.ts';
import { by } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';

const ground = standOn({ now: () => new Date('2026-11-24T09:00:00Z') });
const route = 'get /api/organisations/{organisation}/approvals';
const list = (query: { text?: string; state?: ApprovalState; after?: string } = {}) =>
  ground.cast.observer.call(route, { params: { organisation: ground.cast.organisation }, query });

test('the register is filtered by state as the dates make it, and by any part of number, authority or type', async () => {
  const { cast } = ground;
  const dates: Record<ApprovalState, object> = {
    pending: { issuedOn: '2026-11-25' },
    granted: { issuedOn: '2026-11-24', expiresOn: '2026-11-24' },
    expired: { issuedOn: '2026-01-01', expiresOn: '2026-11-23' },
    withdrawn: { issuedOn: '2026-01-01' },
  };
  const ids: Record<string, string> = {};
  for (const [state, changes] of Object.entries(dates)) {
    const covers = [{ type: `T_${state}`, variant: null, version: null }];
    ids[state] = (await registerOne(cast, { authority: 'Amt für 100%', covers, ...changes })).id;
  }
  const withdrawal = { on: '2026-11-24', why: 'Recalled' };
  await cast.lead.call('post /api/approvals/{approval}/withdraw', {
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
    const { id } = await registerOne(ground.cast, { authority: 'Amt Köln, Lange Straße' });
    expect((await list({ text })).approvals.map((approval) => approval.id)).toContain(id);
  },
);

test('pages by key give every approval once, in order', async () => {
  const { cast } = ground;
  for (let n = 0; n < 55; n++) await registerOne(cast, { authority: 'Paged' });
  const first = await list({ text: 'paged' });
  const second = await list({ text: 'paged', after: first.next! });
  expect([first.approvals.length, second.approvals.length, second.next]).toEqual([50, 5, null]);
  const numbers = [...first.approvals, ...second.approvals].map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].sort());
});

test('an approval lists the records that hang on it by page, to those who may see their scope', async () => {
  const { cast, server } = ground;
  const approval = await registerOne(cast);
  const drafts = Array.from({ length: 60 }, () => ({
    data: vehicleUnder(approval),
    source: { kind: 'api' as const },
    sourceKey: null,
  }));
  await createRecords(server.services, by(cast.lead), { scope: cast.scope, drafts });
  const first = await carriedBy(cast.observer, approval);
  const second = await carriedBy(cast.observer, approval, { after: first.next! });
  expect([first.records.length, second.records.length, second.next]).toEqual([50, 10, null]);
  expect(new Set([...first.records, ...second.records].map(({ card }) => card.id)).size).toBe(60);
  const [line] = (await list({ text: approval.number })).approvals;
  expect(line).toMatchObject({ records: 60, fallen: 0 });
});
