import { expect, test } from 'vitest';
import { z } from 'zod';
import { routes } from '#shared/contract/routes/all.ts';
import type { Route } from '#shared/contract/routes/route.ts';

interface Shape {
  type?: string | string[];
  $ref?: string;
  maxLength?: number;
  maxItems?: number;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Shape;
  prefixItems?: Shape[];
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  propertyNames?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  $defs?: Record<string, Shape>;
}

/** Formats with a bounded length. */
const fixedFormats = ['uuid', 'date', 'date-time'];

/** Every place in a request where a text or a list has no length limit. */
function* endless(shape: Shape, path: string): Generator<string> {
  const { type, format, pattern } = shape;
  if (type === 'string' && shape.maxLength === undefined && !shape.enum && shape.const === undefined) {
    // `{1,200}`, `[0-9a-f]{64}$`: a pattern without `+`, `*` and `{n,}` is bounded.
    const bounded = pattern !== undefined && pattern.endsWith('$') && !/[+*]|\{\d+,\}/.test(pattern);
    if (!bounded && !fixedFormats.includes(format ?? '')) yield path;
  }
  if (type === 'array' && shape.maxItems === undefined && !shape.prefixItems) yield `${path}[]`;
  if (shape.items) yield* endless(shape.items, `${path}[]`);
  for (const [name, member] of Object.entries(shape.properties ?? {})) yield* endless(member, `${path}.${name}`);
  if (typeof shape.additionalProperties === 'object') yield* endless(shape.additionalProperties, `${path}.*`);
  for (const member of [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? [])])
    yield* endless(member, path);
}

/** A record's data is bounded as a whole (M38, body size), not text by text. */
const boundedAsAWhole = /^(createRecord\.body\.data|editData\.body\.edits\[\]\.(from|to))/;
/** `true`, `false` and the like, which JSON Schema describes as any text. */
const flags = new Set(['listNotifications.query.unread']);

test('every text and list of a request has a length limit (faults S5, S8)', () => {
  const found = Object.entries(routes as Record<string, Route>).flatMap(([name, route]) =>
    (['params', 'query', 'body'] as const).flatMap((part) => {
      const schema = route[part];
      if (!schema) return [];
      const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
      return [...endless(shape, `${name}.${part}`)];
    }),
  );
  expect(found.filter((path) => !boundedAsAWhole.test(path) && !flags.has(path))).toEqual([]);
});
