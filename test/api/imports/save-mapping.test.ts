import { describe, expect, test } from 'vitest';
import { useTestServer } from '#test/support/context.ts';
import { expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const type = { column: 'Model', path: 'CocDataGroup/Type' };
let mappings = 0;

const save = (columns: { column: string; path: string }[], name = `Mapping ${++mappings}`) => ({
  params: { organisation: ctx.users.organisation },
  body: { name, columns },
});
const route = 'post /api/organisations/{organisation}/mappings';

describe('saving a mapping', () => {
  commandContract({
    route,
    kind: 'mapping.saved',
    ctx,
    occasion: async () => ({ by: ctx.users.dataOwner, ask: save([type]), trail: ctx.users.organisation }),
  });
});

test('saving under an existing name replaces the mapping', async () => {
  const { dataOwner, organisation } = ctx.users;
  const first = await dataOwner.call(route, save([type], 'Plant'));
  const variant = { column: 'Model', path: 'CocDataGroup/Variant' };
  expect((await dataOwner.call(route, save([variant], 'Plant'))).id).toBe(first.id);
  const { mappings: listed } = await dataOwner.call('get /api/organisations/{organisation}/mappings', {
    params: { organisation },
  });
  expect(listed.filter(({ name }) => name === 'Plant')).toMatchObject([{ preset: false, columns: [variant] }]);
});

test.each([
  ['[I09] a column that fills no value of a message', [{ column: 'C', path: 'CocDataGroup/Colour' }], 'I09'],
  ['[I09] a column that fills a whole group', [{ column: 'M', path: 'CocDataGroup/MassGroup' }], 'I09'],
  ['[I10] two columns that fill the same', [type, { column: 'Second', path: 'CocDataGroup/Type' }], 'I10'],
])('refuses %s', async (_, columns, rule) => {
  const problem = await expectNoWrites(ctx.server.db, () => ctx.users.dataOwner.refused(route, save(columns)));
  expect(problem).toMatchObject({ type: 'refused', findings: [{ rule }] });
});

test('people who may not create records save no mapping', async () => {
  const { observer, lead } = ctx.users;
  const problem = await expectNoWrites(ctx.server.db, () => observer.refused(route, save([type])));
  expect(problem).toMatchObject({ type: 'forbidden' });
  expect(await lead.call(route, save([type]))).toMatchObject({ columns: [type] });
});
