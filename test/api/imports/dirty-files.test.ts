import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Import } from '#shared/contract/import.ts';
import { vinPath } from '#shared/domain/rules/vin.ts';
import { sentence } from '#shared/text/sentence.ts';
import { imports } from '#server/db/schema.ts';
import { resumeImports } from '#server/jobs/resume-imports.ts';
import { useTestServer } from '#test/support/context.ts';
import { applied, uploaded, settled } from '#test/support/import.ts';
import { iviMessage } from '#test/support/ivi-message.ts';
import { newRecord, vehicle, withoutVin } from '#test/support/records.ts';

const ctx = useTestServer();
const header =
  'StageOfCompletionCode;0.1. Make;0.2. TypeApprovalNumber;0.2. Type;0.2. Variant;0.2. Version;' +
  '0.2.1. CommercialName;0.10. VehicleIdentificationNumber;25. EngineCapacity;26. FuelCode;27.1. MaximumNetPower;' +
  '13. MassOfTheVehicleInRunningOrder;16.1. TechnPermMaxLadenMass;42. NrOfSeatingPositions';
const row = (vin: string, type = 'T1') => `C;NORDHAVN;e1*2007/46*1234*01;${type};V;W;SUND;${vin};;;;1500;;5`;

const upload = (content: string) => uploaded(ctx.users.dataOwner, ctx.users.scope, content);
const apply = (dry: Import) => applied(ctx.users.dataOwner, dry);
const rowsOf = async ({ id }: Import) =>
  (await ctx.users.dataOwner.call('get /api/imports/{import}/rows', { params: { import: id }, query: {} })).rows;

test('a cell too long for an index becomes a record with an invalid VIN', async () => {
  const long = Array.from({ length: 100 }, (_, n) => createHash('sha512').update(`${n}`).digest('base64url')).join('');
  const dry = await upload(`${header}\n${row(long)}\n`);
  expect(dry.rows).toMatchObject({ good: 1, bad: 0 });
  expect((await apply(dry)).rows.created).toBe(1);
  const [made] = await rowsOf(dry);
  const detail = await ctx.users.lead.call('get /api/records/{record}', { params: { record: made!.record! } });
  expect(detail.card.vin).toBeNull();
  expect(detail.data['CocDataGroup']).toMatchObject({ VehicleIdentificationNumber: long });
});

test('an unreadable row does not reserve the VIN of a later row', async () => {
  const dry = await upload(`${header}\n${row('YV9ECBA1PTT910001')};more\n${row('YV9ECBA1PTT910001')}\n`);
  expect((await rowsOf(dry)).map(({ state }) => state)).toEqual(['bad', 'good']);
});

test('[R03] the second vehicle with a VIN in one file is bad, the first is not', async () => {
  const dry = await upload(`${header}\n${row('YV9ECBA1PTT910002')}\n${row('YV9ECBA1PTT910002', 'T2')}\n`);
  const [first, second] = await rowsOf(dry);
  expect([first!.state, second!.state]).toEqual(['good', 'bad']);
  expect(second!.findings.map(({ rule }) => rule)).toContain('R03');
});

test('a VIN taken between the dry run and its application makes only that row bad', async () => {
  const dry = await upload(`${header}\n${row('YV9ECBA1PTT910003')}\n${row('YV9ECBA1PTT910004')}\n`);
  expect(dry.rows.good).toBe(2);
  await newRecord(ctx.users, vehicle({ [vinPath]: 'YV9ECBA1PTT910003', 'CocDataGroup/StageOfCompletion': 'C' }));
  expect((await apply(dry)).rows).toMatchObject({ good: 0, bad: 1, created: 1 });
  expect((await rowsOf(dry))[0]!.findings.map(({ rule }) => rule)).toContain('R03');
});

test('applying twice creates once', async () => {
  const dry = await upload(`${header}\n${row('YV9ECBA1PTT910005')}\n`);
  await apply(dry);
  const { dataOwner } = ctx.users;
  const problem = await dataOwner.refused('post /api/imports/{import}/apply', { params: { import: dry.id } });
  expect(problem).toMatchObject({ type: 'stale', current: 'applied' });
});

test('applying twice concurrently creates once and leaves one event', async () => {
  const { users } = ctx;
  const dry = await upload(iviMessage(withoutVin()));
  const ask = { params: { import: dry.id }, operation: crypto.randomUUID() };
  await Promise.all([1, 2, 3].map(() => users.dataOwner.call('post /api/imports/{import}/apply', ask)));
  expect(await settled(users.dataOwner, dry.id)).toMatchObject({ state: 'applied', rows: { created: 1 } });
  const { events } = await users.lead.call('get /api/scopes/{scope}/activity', {
    params: { scope: users.scope },
    query: {},
  });
  expect(events.filter(({ kind, body }) => kind === 'import.applied' && body.import === dry.id)).toHaveLength(1);
});

test('a dry run whose server died is reported as interrupted at the next start, and keeps no rows', async () => {
  const { db, services } = ctx.server;
  const dry = await upload(`${header}\n${row('YV9ECBA1PTT910006')}\n`);
  await db.update(imports).set({ state: 'checking' }).where(eq(imports.id, dry.id));
  await resumeImports(services);
  const after = await ctx.users.dataOwner.call('get /api/imports/{import}', { params: { import: dry.id } });
  expect(after).toMatchObject({ state: 'unreadable', rows: { total: 0, good: 0 } });
  expect(sentence(after.refusal!)).toContain('the server was restarted while reading it');
});

test('a person who lost the duty in between sees on the rows that nothing was created', async () => {
  const { users, server } = ctx;
  const dry = await upload(`${header}\n${row('YV9ECBA1PTT910007')}\n`);
  await server.db.update(imports).set({ state: 'applying', personId: users.observer.id }).where(eq(imports.id, dry.id));
  await resumeImports(server.services);
  const after = await users.lead.call('get /api/imports/{import}', { params: { import: dry.id } });
  expect(after).toMatchObject({ state: 'applied', rows: { created: 0, bad: 1 } });
});
