import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Import } from '#shared/contract/import.ts';
import { sampleVehicle } from '#shared/domain/samples/vehicle.ts';
import { setAt } from '#shared/domain/data-tree.ts';
import { sentence } from '#shared/text/sentence.ts';
import { imports, importRows, records } from '#server/db/schema.ts';
import { resumeImports } from '#server/jobs/resume-imports.ts';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { iviMessage } from '#test/support/ivi-message.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
let numbers = 50_000;
const vehicle = () => sampleVehicle({ number: ++numbers });

async function upload(
  content: string | Uint8Array<ArrayBuffer>,
  file = 'file',
  by: Client = ctx.users.dataOwner,
): Promise<Import> {
  const params = { scope: ctx.users.scope };
  const answer = await by.call('post /api/scopes/{scope}/imports', {
    params,
    query: { file },
    file: new Blob([content]),
  });
  return settled(answer.id, by);
}

async function settled(id: string, by: Client): Promise<Import> {
  let view!: Import;
  await waitFor(async () => {
    view = await by.call('get /api/imports/{import}', { params: { import: id } });
    return view.state !== 'checking' && view.state !== 'applying';
  });
  return view;
}

const rowsOf = async ({ id }: Import) =>
  (await ctx.users.dataOwner.call('get /api/imports/{import}/rows', { params: { import: id }, query: {} })).rows;
const apply = async ({ id }: Import) => {
  await ctx.users.dataOwner.call('post /api/imports/{import}/apply', { params: { import: id } });
  return settled(id, ctx.users.dataOwner);
};
const why = ({ refusal }: Import) => refusal && sentence(refusal);

const header = 'VFN,Man,Tan,T,Va,Ve,Mk,Cn,Ct,m (kg),Mt,W (mm)';
const csv = (...rows: string[]) => [header, ...rows].join('\n') + '\n';

describe('an IVI message', () => {
  test('goes through a dry run, then becomes one record with exactly its values', async () => {
    const data = setAt(vehicle(), 'CocDataGroup/MassGroup/ActualMass', '2184.0');
    const dry = await upload(iviMessage(data), 'one.xml');
    expect(dry).toMatchObject({ state: 'checked', kind: 'ivi', rows: { total: 1, good: 1 } });
    expect(
      await ctx.server.db
        .select()
        .from(records)
        .where(eq(records.vin, vinOf(data))),
    ).toEqual([]);
    expect((await apply(dry)).rows.created).toBe(1);
    const [row] = await rowsOf(dry);
    const detail = await ctx.users.lead.call('get /api/records/{record}', { params: { record: row!.record! } });
    expect(detail.data).toEqual(data);
    expect(detail.card.reference).toBe(row!.reference);
  });

  test('uploaded twice creates nothing twice', async () => {
    const message = iviMessage(vehicle());
    await apply(await upload(message));
    expect((await upload(message)).rows).toMatchObject({ good: 0, known: 1 });
  });

  test('with the VIN of another record is bad, and names that record', async () => {
    const data = vehicle();
    await apply(await upload(iviMessage(data)));
    const again = await upload(iviMessage(setAt(data, 'CocDataGroup/MassGroup/ActualMass', '2200')));
    expect(again.rows).toMatchObject({ good: 0, bad: 1 });
    expect((await rowsOf(again))[0]!.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['R03']));
  });

  test('with an element unknown to the schema becomes a record without it, and reports it (fault F15)', async () => {
    const data = vehicle();
    const dry = await upload(iviMessage(setAt(data, 'CocDataGroup/Colour', 'red')));
    const unknown = async () => (await rowsOf(dry))[0]!.findings.find(({ rule }) => rule === 'I02');
    expect((await rowsOf(dry))[0]).toMatchObject({ state: 'good' });
    expect(await unknown()).toMatchObject({
      severity: 'warning',
      params: { path: 'CocDataGroup/Colour', value: 'red', times: 1 },
    });
    expect((await apply(dry)).rows.created).toBe(1);
    const [row] = await rowsOf(dry);
    const detail = await ctx.users.lead.call('get /api/records/{record}', { params: { record: row!.record! } });
    expect(detail.data).toEqual(data);
    expect(sentence((await unknown())!)).toContain('"red"');
  });

  test.each([
    ['entities', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb">]><a>&b;&b;</a>', 'document type'],
    ['a broken end', '<InitialVehicleInformation>', 'not well-formed'],
    ['another root', '<Invoice/>', 'Invoice'],
    ['more than 2 MiB', `<a>${'x'.repeat(2_200_000)}</a>`, 'larger than 2 MiB'],
  ])('with %s is refused with a sentence', async (_, content, words) => {
    const refused = await upload(content);
    expect(refused).toMatchObject({ state: 'unreadable', rows: { total: 0 } });
    expect(why(refused)).toContain(words);
  });
});

describe('a CSV file', () => {
  test('creates records from its rows, without VIN where a row has none, and keeps every value as it is', async () => {
    const dry = await upload(
      csv(
        'IP-1,WORKS,E1*2007/46*1234*01,"T1 ",1E4,007,NORDHAVN,SUND,M1,1500,,2580.0',
        '"IP\r2",WORKS,e1*2007/46*1234*01,T1,V2,W1,NORDHAVN,SUND,M1,,,2580',
      ),
      'cars.csv',
    );
    expect(dry).toMatchObject({ state: 'checked', kind: 'csv', rows: { total: 2, good: 2 } });
    const [first, second] = await rowsOf(dry);
    const rules = (row: typeof first) => row!.findings.map(({ rule }) => rule);
    expect(rules(first)).toEqual(expect.arrayContaining(['R01', 'R06', 'R51', 'R53']));
    expect(rules(second)).not.toContain('R53');
    await apply(dry);
    const made = await rowsOf(dry);
    const detail = await ctx.users.lead.call('get /api/records/{record}', { params: { record: made[0]!.record! } });
    expect(detail.card).toMatchObject({ vin: null, type: 'T1 ', variant: '1E4', typeVersion: '007' });
    expect(detail.data['CocDataGroup']).toMatchObject({
      DimensionGroup: { Wheelbase: '2580.0' },
      TypeApprovalNumber: 'E1*2007/46*1234*01',
    });
  });

  test('uploaded twice creates nothing twice, and equal rows keep their number', async () => {
    const row = 'IP-9,WORKS,e1*2007/46*1234*01,TX,VX,WX,NORDHAVN,TIND,M1,1500,,2580';
    const file = csv(row, row);
    expect((await apply(await upload(file))).rows.created).toBe(2);
    expect((await upload(csv(row, row, row))).rows).toMatchObject({ good: 1, known: 2 });
  });

  test('with a row of too few cells is bad in that row only', async () => {
    const dry = await upload(csv('IP-3,WORKS', 'IP-3,WORKS,e1*2007/46*1234*01,T3,V3,W3,NORDHAVN,SUND,M1,1500,,2580'));
    expect((await rowsOf(dry)).map(({ row, state }) => [row, state])).toEqual([
      [2, 'bad'],
      [3, 'good'],
    ]);
  });

  test.each([
    ['in Latin-1', Uint8Array.from([...Buffer.from(`${header}\n`), 0x4d, 0xfc, 0x0a]), 'line 2'],
    ['without a mapping that fits', 'a,b,c\n1,2,3\n', 'no column mapping'],
    ['with a quote that never ends', csv('"IP,WORKS'), 'quotes'],
    ['that is no text', Uint8Array.from([80, 1, 3, 4, 0, 0, 7, 0]), 'zero bytes'],
    ['that is an archive', Uint8Array.from([80, 75, 3, 4, 0, 0, 0, 0]), 'ZIP archive'],
  ])('%s is refused with a sentence', async (_, content, words) => {
    const refused = await upload(content);
    expect(refused.state).toBe('unreadable');
    expect(why(refused)).toContain(words);
  });

  test('fills the fields that a mapping of the organisation names', async () => {
    const { users } = ctx;
    const mapping = await users.dataOwner.call('post /api/organisations/{organisation}/mappings', {
      params: { organisation: users.organisation },
      body: { name: 'Plant list', columns: [{ column: 'Chassis', path: 'CocDataGroup/VehicleIdentificationNumber' }] },
    });
    const answer = await users.dataOwner.call('post /api/scopes/{scope}/imports', {
      params: { scope: users.scope },
      query: { file: 'plant.csv', mapping: mapping.id },
      file: new Blob(['Line;Chassis\n7;YV9ECBA1PTT900001\n']),
    });
    const dry = await settled(answer.id, users.dataOwner);
    expect(dry.columns).toEqual([
      { column: 'Line', path: null },
      { column: 'Chassis', path: 'CocDataGroup/VehicleIdentificationNumber' },
    ]);
    expect((await rowsOf(dry))[0]!.title).toContain('YV9ECBA1PTT900001');
  });
});

test('a file over the limit is refused before it is fully read', async () => {
  const { users } = ctx;
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1 << 20;
      if (sent > 200 << 20) controller.close();
      else controller.enqueue(new Uint8Array(1 << 20).fill(65));
    },
  });
  const response = await users.dataOwner.fetch(`/api/scopes/${users.scope}/imports?file=big.csv`, {
    method: 'POST',
    headers: { 'operation-id': crypto.randomUUID() },
    body: endless,
    duplex: 'half',
  } as RequestInit);
  expect(response.status).toBe(413);
  expect(sent).toBeLessThan(150 << 20);
});

test('an interrupted import continues at the next start, and creates nothing twice', async () => {
  const { users, server } = ctx;
  const rows = Array.from(
    { length: 450 },
    (_, n) => `IP-7,WORKS,e1*2007/46*1234*01,T7,V7,W${n},NORDHAVN,SUND,M1,1500,,2580`,
  );
  const dry = await upload(csv(...rows));
  expect(dry.rows.good).toBe(450);
  await server.db.update(imports).set({ state: 'applying' }).where(eq(imports.id, dry.id));
  await resumeImports(server.services);
  await server.db.update(imports).set({ state: 'applying' }).where(eq(imports.id, dry.id));
  await server.db.update(importRows).set({ state: 'good', recordId: null }).where(eq(importRows.importId, dry.id));
  await resumeImports(server.services);
  expect(await settled(dry.id, users.dataOwner)).toMatchObject({ state: 'applied', rows: { created: 450, good: 0 } });
  expect(await server.db.select().from(records).where(eq(records.type, 'T7'))).toHaveLength(450);
});

test('people who may not create records upload nothing, and outsiders find nothing', async () => {
  const { users } = ctx;
  const ask = { params: { scope: users.scope }, query: { file: 'x.csv' }, file: new Blob([csv()]) };
  expect(await users.observer.refused('post /api/scopes/{scope}/imports', ask)).toMatchObject({ type: 'forbidden' });
  expect(await users.elsewhere.admin.refused('post /api/scopes/{scope}/imports', ask)).toMatchObject({
    type: 'not-found',
  });
  const { id } = await upload(csv('IP-8,WORKS,e1*2007/46*1234*01,T8,V8,W8,NORDHAVN,SUND,M1,1500,,2580'));
  expect(await users.elsewhere.admin.refused('get /api/imports/{import}', { params: { import: id } })).toMatchObject({
    status: 404,
  });
  expect(
    await users.elsewhere.admin.refused('post /api/imports/{import}/apply', { params: { import: id } }),
  ).toMatchObject({ status: 404 });
});

const vinOf = (data: ReturnType<typeof sampleVehicle>) =>
  (data['CocDataGroup'] as { VehicleIdentificationNumber: string }).VehicleIdentificationNumber;
