import { z } from 'zod';

type Def = z.core.$ZodTypes['_zod']['def'];
const defOf = (schema: z.core.$ZodType) => (schema as unknown as { def: Def }).def;

/** Paths without messages: the problem is always the same. */
type Paths = (string | number)[][];

/**
 * Returns the keys of a parsed value that its schema does not declare. Zod drops them silently; a misspelt key would
 * then look like an omitted one.
 */
export function unknownKeys(schema: z.core.$ZodType, value: unknown): Paths {
  if (typeof value !== 'object' || value === null || !holdsObject(schema)) return [];
  const under = (key: string | number, inner: z.core.$ZodType | undefined, member: unknown): Paths =>
    inner ? unknownKeys(inner, member).map((path) => [key, ...path]) : [];
  const def = defOf(schema);
  switch (def.type) {
    case 'object':
      return Object.entries(value).flatMap(([key, member]) =>
        Object.hasOwn(def.shape, key) ? under(key, def.shape[key], member) : def.catchall ? [] : [[key]],
      );
    case 'array':
      return (value as unknown[]).flatMap((member, at) => under(at, def.element, member));
    case 'record':
      return Object.entries(value).flatMap(([key, member]) => under(key, def.valueType, member));
    case 'union': {
      const fitting = def.options.filter((option) => z.safeParse(option, value).success);
      const unknown = fitting.map((option) => unknownKeys(option, value));
      return unknown.find((paths) => paths.length === 0) ?? unknown[0] ?? [];
    }
    default:
      return inside(def).flatMap((inner) => unknownKeys(inner, value));
  }
}

/** Whether a schema contains an object schema. Others, such as the tree of a vehicle's data, are not walked. */
const cache = new WeakMap<z.core.$ZodType, boolean>();

function holdsObject(schema: z.core.$ZodType): boolean {
  const before = cache.get(schema);
  if (before !== undefined) return before;
  cache.set(schema, false);
  const def = defOf(schema);
  const holds = def.type === 'object' || inside(def).some(holdsObject);
  cache.set(schema, holds);
  return holds;
}

/** The schemas directly inside another one that receive the value as sent. */
function inside(def: Def): readonly z.core.$ZodType[] {
  switch (def.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return [def.innerType];
    case 'pipe':
      return [def.in];
    case 'lazy':
      return [def.getter()];
    case 'array':
      return [def.element];
    case 'record':
      return [def.valueType];
    case 'union':
      return def.options;
    default:
      return [];
  }
}
