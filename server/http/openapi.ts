import { z } from 'zod';
import { Approval, ApprovalFile, ApprovalSummary } from '#shared/contract/approval.ts';
import { SetResult } from '#shared/contract/bulk.ts';
import { BoardEvent, TrailEvent } from '#shared/contract/event.ts';
import { RecordException } from '#shared/contract/exception.ts';
import { Finding, GateMark, Verdict } from '#shared/contract/finding.ts';
import { ColumnMapping, Import, ImportRow } from '#shared/contract/import.ts';
import { personHeader } from '#shared/contract/person-header.ts';
import { Invitation, Person, ScopePerson } from '#shared/contract/person.ts';
import { Problem } from '#shared/contract/problem.ts';
import { Card, Column, DataNode, DataTree, RecordDetail, Review } from '#shared/contract/record.ts';
import type { Route } from '#shared/contract/routes/route.ts';
import { Scope, ScopeSummary } from '#shared/contract/scope.ts';

/** Named schemas that more than one route uses. */
const nouns = {
  Approval,
  ApprovalFile,
  ApprovalSummary,
  BoardEvent,
  Card,
  Column,
  ColumnMapping,
  DataNode,
  DataTree,
  Finding,
  GateMark,
  Import,
  ImportRow,
  Invitation,
  Person,
  Problem,
  RecordDetail,
  RecordException,
  Review,
  Scope,
  ScopePerson,
  ScopeSummary,
  SetResult,
  TrailEvent,
  Verdict,
};

type Json = Record<string, unknown>;

/** Returns the OpenAPI 3.1 description of the declared routes. Zod converts their schemas to JSON Schema. */
export function describeApi(routes: Record<string, Route>): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(nouns)) registry.add(schema, { id });
  const shape = (id: string, schema: z.ZodType): Json => {
    const known = registry.get(schema)?.id;
    if (!known) registry.add(schema, { id });
    return { $ref: reference(known ?? id) };
  };
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes))
    (paths[route.path] ??= {})[route.method] = operation(name, route, shape);
  const { schemas } = z.toJSONSchema(registry, {
    uri: reference,
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => void Object.assign(jsonSchema, walked.get(zodSchema)),
  });
  return {
    openapi: '3.1.0',
    info: { title: 'eCoC Board', version: '1', description: 'Every answer that is not a success is a Problem.' },
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([id, { $id: _, $schema: __, ...schema }]) => [id, schema]),
      ),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'ecoc.session_token' } },
    },
  };
}

const reference = (id: string) => `#/components/schemas/${id}`;

/** JSON Schemas of types that a custom function validates, which Zod cannot convert. */
const tree = { $ref: reference('DataTree') };
const walked = new Map<z.core.$ZodType, Json>([
  [DataTree, { type: 'object', additionalProperties: { $ref: reference('DataNode') } }],
  [DataNode, { anyOf: [{ type: 'string' }, tree, { type: 'array', items: tree }] }],
]);

function operation(name: string, route: Route, shape: (id: string, schema: z.ZodType) => Json): Json {
  const parameters = [
    ...named(route.params, 'path'),
    ...named(route.query, 'query'),
    ...(route.write
      ? [
          { name: 'Operation-Id', in: 'header', required: true, schema: { type: 'string', format: 'uuid' } },
          {
            name: personHeader,
            in: 'header',
            required: false,
            description:
              'Whom the caller believes to be signed in; refused as `other-person` where the cookie is another’s',
            schema: { type: 'string', format: 'uuid' },
          },
        ]
      : []),
  ];
  const content = route.file
    ? { 'application/octet-stream': {} }
    : route.body && { 'application/json': { schema: shape(`${name}.body`, route.body) } };
  const problem = { 'application/problem+json': { schema: { $ref: reference('Problem') } } };
  return {
    operationId: name,
    summary: route.summary,
    ...(route.open ? {} : { security: [{ session: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: {
      200: {
        description: 'Done',
        content: route.answersFile
          ? { 'application/octet-stream': {} }
          : { 'application/json': { schema: shape(`${name}.answer`, route.answer) } },
      },
      default: { description: 'What is wrong, where, and what to do', content: problem },
    },
  };
}

function named(schema: z.ZodObject | undefined, where: 'path' | 'query'): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, member]) => {
    const { $schema: _, description, ...rest } = z.toJSONSchema(member as z.ZodType, { io: 'input' });
    const required = where === 'path' || !(member as z.ZodType).safeParse(undefined).success;
    return { name, in: where, required, schema: rest, ...(description ? { description } : {}) };
  });
}
