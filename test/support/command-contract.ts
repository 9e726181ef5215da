import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { EventKind } from '#shared/contract/event.ts';
import type { RouteName } from '#lib/api.ts';
import { stranger, type Client } from './client.ts';
import type { TestContext } from './context.ts';
import { eventsOf, expectNoWrites } from './writes.ts';

/** One call of a command that succeeds, on fixtures made for it alone. */
export interface Occasion {
  by: Client;
  ask: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; file?: Blob };
  /** The trail of its event. */
  trail: string;
}

interface Verb {
  route: RouteName;
  kind: EventKind;
  ctx: TestContext;
  occasion(): Promise<Occasion>;
}

type Untyped = (route: RouteName, ask: unknown) => Promise<Record<string, unknown>>;

const send = (client: Client, route: RouteName, ask: unknown, operation: string = randomUUID()) =>
  (client.call as unknown as Untyped)(route, { ...(ask as object), operation });
const sendRefused = (client: Client, route: RouteName, ask: unknown) =>
  (client.refused as unknown as Untyped)(route, ask);

/** The contract of every command on an existing resource: one event, idempotent, and 404 for outsiders. */
export function commandContract({ route, kind, ctx, occasion }: Verb): void {
  test('leaves one event with the next number, its actor and its operation', async () => {
    const { db } = ctx.server;
    const { by, ask, trail } = await occasion();
    const operation = randomUUID();
    const { left } = await eventsOf(db, trail, () => send(by, route, ask, operation));
    expect(left.map((event) => event.kind)).toEqual([kind]);
    expect(left[0]).toMatchObject({ actorId: by.id, operationId: operation });
  });

  test('resent with the same operation id changes nothing and returns the same answer', async () => {
    const { db } = ctx.server;
    const { by, ask } = await occasion();
    const operation = randomUUID();
    const first = await send(by, route, ask, operation);
    expect(await expectNoWrites(db, () => send(by, route, ask, operation))).toEqual(first);
  });

  test('sent five times concurrently with the same operation id it runs once, and each request gets the same answer', async () => {
    const { db } = ctx.server;
    const { by, ask, trail } = await occasion();
    const operation = randomUUID();
    const { answer, left } = await eventsOf(db, trail, () =>
      Promise.all(Array.from({ length: 5 }, () => send(by, route, ask, operation))),
    );
    expect(left).toHaveLength(1);
    for (const one of answer) expect(one).toEqual(answer[0]);
  });

  test('another organisation does not find it, and an anonymous client has to sign in', async () => {
    const { server, users } = ctx;
    const { ask } = await occasion();
    await expectNoWrites(server.db, async () => {
      expect(await sendRefused(users.elsewhere.admin, route, ask)).toMatchObject({ status: 404, type: 'not-found' });
      expect(await sendRefused(stranger(server), route, ask)).toMatchObject({ status: 401, type: 'signed-out' });
    });
  });
}
