import { describe, expect, test } from 'vitest';
import { standOn } from '#test/support/ground.ts';
import { withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const type = { column: 'Model', path: 'CocDataGroup/Type' };
let mappings = 0;

const save = (columns: { column: string; path: string }[], name = `Mapping ${++mappings}`) => ({
  params: { organisation: ground.cast.organisation },
  body: { name, columns },
});
const route = 'post /api/organisations/{organisation}/mappings';

describe('saving a mapping', () => {
  holdsForEveryVerb({
    route,
    kind: 'mapping.saved',
    ground,
    occasion: async () => ({ by: ground.cast.dataOwner, ask: save([type]), trail: ground.cast.organisation }),
  });
});

test('the same name again replaces what it named', async () => {
  const { dataOwner, organisation } = ground.cast;
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
])('%s is refused', async (_, columns, rule) => {
  const problem = await withoutTrace(ground.server.db, () => ground.cast.dataOwner.refused(route, save(columns)));
  expect(problem).toMatchObject({ type: 'refused', findings: [{ rule }] });
});

test('who may create no records saves none', async () => {
  const { observer, lead } = ground.cast;
  const problem = await withoutTrace(ground.server.db, () => observer.refused(route, save([type])));
  expect(problem).toMatchObject({ type: 'forbidden' });
  expect(await lead.call(route, save([type]))).toMatchObject({ columns: [type] });
});
