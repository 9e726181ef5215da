import { beforeAll, expect, test } from 'vitest';
import { routes } from '#shared/contract/routes/all.ts';
import type { Route } from '#shared/contract/routes/route.ts';
import { stranger } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';

const ctx = useTestServer();
type Operation = {
  operationId: string;
  security?: unknown[];
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: object;
  responses: Record<string, { content: Record<string, { schema: { $ref: string } }> }>;
};
interface Description {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

let description: Description;
beforeAll(async () => {
  const response = await stranger(ctx.server).fetch('/api/openapi.json');
  description = (await response.json()) as Description;
});

test.each(Object.entries(routes) as [string, Route][])(
  'the description of %s matches its declaration',
  (name, route) => {
    const operation = description.paths[route.path]![route.method]!;
    expect(operation.operationId).toBe(name);
    const named = (where: string) =>
      (operation.parameters ?? []).filter((one) => one.in === where).map((one) => one.name);
    expect(named('path').sort()).toEqual([...route.path.matchAll(/\{(\w+)\}/g)].map(([, key]) => key).sort());
    expect(named('query')).toEqual(Object.keys(route.query?.shape ?? {}));
    expect(named('header')).toEqual(route.write ? ['Operation-Id', 'Person-Id'] : []);
    expect(Boolean(operation.requestBody)).toBe(Boolean(route.body ?? route.file));
    expect(Boolean(operation.security)).toBe(!route.open);
  },
);

test('every reference resolves to a schema, and there are no unused schemas', () => {
  expect(description.openapi).toBe('3.1.0');
  const references = [...JSON.stringify(description).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target!);
  expect(references.length).toBeGreaterThan(50);
  for (const target of new Set(references)) {
    expect(target).toMatch(/^#\/components\/schemas\//);
    expect(description.components.schemas).toHaveProperty([target.split('/').at(-1)!]);
  }
  const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort());
});

test('every declared route is mounted: without a session it answers 401, not 404', async () => {
  for (const route of Object.values(routes) as Route[]) {
    if (route.open) continue;
    const path = route.path.replaceAll(/\{\w+\}/g, crypto.randomUUID());
    const response = await stranger(ctx.server).fetch(path, { method: route.method.toUpperCase() });
    expect([route.path, response.status]).toEqual([route.path, 401]);
  }
});
