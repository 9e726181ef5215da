import { z } from 'zod';
import { expect, test } from 'vitest';
import { DataTree } from '#shared/contract/record.ts';
import { unknownKeys } from './unknown-keys.ts';

const Act = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('a'), one: z.string().optional() }),
  z.object({ kind: z.literal('b'), two: z.string().optional() }),
]);
const Body = z.object({
  plain: z.string(),
  list: z.array(z.object({ a: z.int() })).default([]),
  deep: z.object({ inner: z.object({ a: z.int() }).nullable() }).optional(),
  map: z.record(z.string(), z.object({ a: z.int() })).optional(),
  act: Act.optional(),
  either: z.union([z.object({ a: z.int() }), z.object({ a: z.int(), b: z.int() })]).optional(),
  data: DataTree.optional(),
});

test.each([
  [{ plain: '' }, []],
  [{ plain: '', data: { any: { thing: [{ x: 'y' }] } }, either: { a: 1, b: 2 } }, []],
  [{ plain: '', plian: '' }, [['plian']]],
  [{ plain: '', list: [{ a: 1 }, { a: 1, b: 2 }] }, [['list', 1, 'b']]],
  [
    { plain: '', deep: { inner: { a: 1, c: 1 }, d: 1 } },
    [
      ['deep', 'inner', 'c'],
      ['deep', 'd'],
    ],
  ],
  [{ plain: '', map: { k: { a: 1, z: 1 } } }, [['map', 'k', 'z']]],
  [{ plain: '', act: { kind: 'a', two: 'x' } }, [['act', 'two']]],
  [{ plain: '', either: { a: 1, c: 1 } }, [['either', 'c']]],
  [JSON.parse('{"plain":"","__proto__":{},"constructor":1}') as object, [['__proto__'], ['constructor']]],
])('%j: %j', (value, paths) => {
  expect(Body.safeParse(value).success).toBe(true);
  expect(unknownKeys(Body, value)).toEqual(paths);
});
