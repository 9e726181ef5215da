import { expect, test } from 'vitest';
import { z } from 'zod';
import { DataNode, DataTree } from './data-tree.ts';

const Body = z.object({ data: DataTree });
const pathsOf = (data: unknown) => {
  const parsed = Body.safeParse({ data });
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
};

test('accepts texts, elements and rows of elements unchanged', () => {
  const data = { Type: 'T', MassGroup: { Mass: '1' }, AxleTable: { AxleGroup: [{ AxleTrack: '1' }, {}] }, Empty: [] };
  expect(Body.parse({ data })).toEqual({ data });
  for (const node of ['', {}, [], [{}]]) expect(DataNode.safeParse(node).success).toBe(true);
});

test.each([
  [undefined, ['data']],
  [null, ['data']],
  ['text', ['data']],
  [[], ['data']],
  [{ a: 1 }, ['data.a']],
  [{ a: { b: null } }, ['data.a.b']],
  [{ a: [{ b: '' }, 'text'] }, ['data.a.1']],
  [{ a: [[{}]] }, ['data.a.0']],
  [{ a: [{}, { b: true }] }, ['data.a.1.b']],
  [JSON.parse('{"a":{"__proto__":{"b":""}}}'), ['data.a.__proto__']],
])('refuses %j with the path of the problem', (data, paths) => {
  expect(pathsOf(data)).toEqual(paths);
});

test('refuses a missing key', () => {
  expect(Body.safeParse({}).success).toBe(false);
  expect(DataNode.safeParse(1).success).toBe(false);
});
