import { and, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { DataTree } from '#shared/contract/record.ts';
import { longestText, mostRows, mostText } from '#shared/domain/data-size.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { axlesPath } from '#shared/domain/rules/axles.ts';
import { revisions } from '#server/db/schema.ts';
import { useTestServer } from '#test/support/context.ts';
import { uploaded } from '#test/support/import.ts';
import { iviMessage } from '#test/support/ivi-message.ts';
import { staffedRecord, vehicle } from '#test/support/records.ts';

const ctx = useTestServer();
const axles = (count: number): DataTree[] => Array.from({ length: count }, () => ({ AxleTrack: '1500' }));
const long = (count: number) => setAt(vehicle(), axlesPath, axles(count));

test('[M38] a record with too long a table is not created, neither directly nor from a row of a file (fault S3)', async () => {
  const { dataOwner, scope } = ctx.users;
  const refused = await dataOwner.refused('post /api/scopes/{scope}/records', {
    params: { scope },
    body: { data: long(mostRows + 1) },
  });
  expect(refused).toMatchObject({ type: 'refused', findings: [{ rule: 'M38' }] });
  expect(refused.detail).toContain('The table of AxleGroup has 201 rows');
  const dry = await uploaded(dataOwner, scope, iviMessage(long(mostRows + 1)));
  expect(dry.rows).toMatchObject({ good: 0, bad: 1 });
  const { rows } = await dataOwner.call('get /api/imports/{import}/rows', { params: { import: dry.id }, query: {} });
  expect(rows[0]!.findings.map(({ rule }) => rule)).toContain('M38');
});

test('[M38] an edit that makes a table too long is refused; an existing longer one can be corrected (fault S3)', async () => {
  const { server, users } = ctx;
  const { id } = await staffedRecord(users);
  const edit = (path: string, from: DataTree | DataTree[] | string | null, to: DataTree[] | string | null) => ({
    params: { record: id },
    body: { edits: [{ path, from, to }] },
  });
  const { data } = await users.dataOwner.call('get /api/records/{record}', { params: { record: id } });
  const group = (data['CocDataGroup'] as DataTree)['AxleTable'] as DataTree;
  const refused = await users.dataOwner.refused(
    'post /api/records/{record}/edits',
    edit(axlesPath, group['AxleGroup'] as DataTree[], axles(mostRows + 1)),
  );
  expect(refused).toMatchObject({ findings: [{ rule: 'M38' }] });
  await server.db
    .update(revisions)
    .set({ data: setAt(data, axlesPath, axles(500)) })
    .where(and(eq(revisions.recordId, id), eq(revisions.number, 1)));
  await users.dataOwner.call('post /api/records/{record}/edits', edit(`${axlesPath}/0/AxleTrack`, '1500', '1501'));
  expect(
    await users.dataOwner.refused('post /api/records/{record}/edits', edit(`${axlesPath}/500`, null, axles(1))),
  ).toMatchObject({ findings: [{ rule: 'M38' }] });
  await users.dataOwner.call('post /api/records/{record}/edits', edit(axlesPath, axlesAfter(), axles(2)));
});

test('[M38] no text and no record exceeds what a page shows quickly, on any route (fault S3)', async () => {
  const { dataOwner, scope } = ctx.users;
  const text = (length: number) => setAt(vehicle(), 'CocDataGroup/Remarks', 'x'.repeat(length));
  const many = Array.from({ length: mostText / longestText + 1 }, (_, at) => [`Remark${at}`, 'x'.repeat(longestText)]);
  const whole = setAt(vehicle(), 'CocDataGroup/RemarksGroup', Object.fromEntries(many) as DataTree);
  const named = setAt(vehicle(), `CocDataGroup/${'R'.repeat(longestText + 1)}`, 'x');
  for (const data of [text(longestText + 1), whole, named]) {
    const ask = { params: { scope }, body: { data } };
    expect(await dataOwner.refused('post /api/scopes/{scope}/records', ask)).toMatchObject({
      type: 'refused',
      findings: [{ rule: 'M38' }],
    });
  }
  const { id } = await staffedRecord(ctx.users, text(longestText));
  const path = 'CocDataGroup/Remarks';
  const edit = (to: string) => ({
    params: { record: id },
    body: { edits: [{ path, from: 'x'.repeat(longestText), to }] },
  });
  expect(await dataOwner.refused('post /api/records/{record}/edits', edit('y'.repeat(longestText + 1)))).toMatchObject({
    findings: [{ rule: 'M38' }],
  });
  await dataOwner.call('post /api/records/{record}/edits', edit('y'.repeat(longestText)));
});

const axlesAfter = () => [{ AxleTrack: '1501' }, ...axles(499)];
