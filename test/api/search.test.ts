import { expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { newRecord, vehicle } from '#test/support/records.ts';

const ground = standOn();
const route = 'get /api/scopes/{scope}/search';
const found = async (text: string, { cast } = ground) =>
  (await cast.observer.call(route, { params: { scope: cast.scope }, query: { text } })).records;

test('a record is found by its reference, its VIN and its type, in any case', async () => {
  const { cast } = ground;
  const one = await newRecord(cast);
  const other = await newRecord(cast);
  expect((await found(one.reference.toLowerCase()))[0]).toEqual({
    id: one.id,
    reference: one.reference,
    stage: 'intake',
    make: one.make,
    type: one.type,
    commercialName: one.commercialName,
    vin: one.vin,
  });
  const byVin = await found(one.vin!.slice(3).toLowerCase());
  expect(byVin.map(({ id }) => id)).toEqual([one.id]);
  const ofType = (await found(one.type!.toLowerCase())).map(({ id }) => id);
  expect(ofType).toContain(one.id);
  expect(ofType).not.toContain(other.id);
});

test('the record that a reference names in full comes before those that only hold it', async () => {
  const { cast } = ground;
  const first = await newRecord(cast);
  for (let made = 0; made < 21; made++) await newRecord(cast, vehicle({}));
  const prefix = first.reference.slice(0, first.reference.indexOf('-') + 1);
  expect(await found(prefix)).toHaveLength(20);
  const last = await newRecord(cast);
  expect((await found(last.reference))[0]?.id).toBe(last.id);
});

test('signs that mean something to the database are taken as they are typed', async () => {
  await newRecord(ground.cast);
  expect(await found('%%%')).toEqual([]);
  expect(await found('___')).toEqual([]);
});

test('fewer than three signs are refused: they would read every record', async () => {
  const { cast } = ground;
  const problem = await cast.observer.refused(route, { params: { scope: cast.scope }, query: { text: ' PT ' } });
  expect(problem.status).toBe(400);
});

test('who does not belong to the scope learns nothing of it', async () => {
  const { cast } = ground;
  const { reference } = await newRecord(cast);
  const problem = await cast.elsewhere.admin.refused(route, {
    params: { scope: cast.scope },
    query: { text: reference },
  });
  expect(problem.status).toBe(404);
});
