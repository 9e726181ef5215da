import { expect, test } from 'vitest';
import type { Finding } from '#shared/contract/finding.ts';
import { uploaded, applied } from '#test/support/import.ts';
import { useTestServer } from '#test/support/context.ts';
import { newApproval, registerOne } from '#test/support/approvals.ts';
import { letHold, settingsWith } from '#test/support/rules.ts';

const ctx = useTestServer();
const header =
  'StageOfCompletionCode;0.1. Make;0.2. TypeApprovalNumber;0.2. Type;0.2. Variant;0.2. Version;' +
  '0.10. VehicleIdentificationNumber;42. NrOfSeatingPositions;0.2.1. CommercialName;25. EngineCapacity;' +
  '13. MassOfTheVehicleInRunningOrder';

test('the dry run reports for every row what the board later shows of its record (fault F1)', async () => {
  const { users } = ctx;
  await letHold(ctx, settingsWith({ wmis: ['YV9'], severities: { R53: 'error', R05: 'error', R06: 'info' } }));
  const { number, covers } = await registerOne(users);
  const ended = await registerOne(users, { ...newApproval(), expiresOn: '2026-10-01' });
  const { type } = covers[0]!;
  const rows = [
    `C;NORDHAVN;${number};${type};V;W;YV9ECBA1PTT920001;5;SUND;;1500`,
    `C;NORDHAVN;${number};OTHER;V;W;YV9ECBA1PTT920002;5;SUND;;1500`,
    `C;NORDHAVN;${number.replace(/\d\d$/, '07')};${type};V;W;YV9ECBA1PTT920003;5;SUND;;1500`,
    `C;NORDHAVN;${ended.number};${type};V;W;YV9ECBA1PTT920004;5;SUND;;1500`,
    `C;NORDHAVN;e1*2018/858*99999*00;${type};V;W;YV9ECBA1PTT920005;5;SUND;;1500`,
    `C;NORDHAVN ;no number;${type};V;W;WVWECBA1PTT920006;5,0;SUND;;1500`,
  ];
  const dry = await uploaded(users.dataOwner, users.scope, [header, ...rows, ''].join('\n'));
  const listed = async () =>
    (await users.dataOwner.call('get /api/imports/{import}/rows', { params: { import: dry.id }, query: {} })).rows;
  const said = await listed();
  await applied(users.dataOwner, dry);
  const made = await listed();

  const ofValues = (findings: readonly Finding[]) =>
    findings.filter(({ rule }) => rule.startsWith('R') && rule !== 'R50');
  const spoken = new Set<string>();
  for (const [index, { record }] of made.entries()) {
    const { verdicts } = await users.lead.call('get /api/records/{record}', { params: { record: record! } });
    const upToReview = verdicts.filter(({ stage }) => stage === 'data' || stage === 'review');
    const onTheBoard = ofValues(upToReview.flatMap(({ findings }) => findings));
    expect(ofValues(said[index]!.findings), rows[index]).toEqual(onTheBoard);
    for (const { rule, params } of onTheBoard) spoken.add(`${rule} ${params['why'] ?? ''}`.trim());
  }
  const expected = ['R08 unknown', 'R08 extension', 'R08 expired', 'R09', 'R05', 'R53', 'R51', 'R06 country'];
  expect([...spoken]).toEqual(expect.arrayContaining(expected));
  expect(ofValues(said[0]!.findings).map(({ rule }) => rule)).not.toContain('R08');
});
