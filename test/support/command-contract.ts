import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { EventKind } from '#shared/contract/event.ts';
import type { RouteName } from '#lib/api.ts';
import { stranger, type Client } from './client.ts';
import type { TestContext } from './context.ts';
import { eventsOf, expectNoWrites } from './writes.ts';

/** One call of a verb that succeeds, on ground prepared for it alone. */
export interface Occasion {
  by: Client;
  ask: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown; file?: Blob };
  /** The trail its event is left on. */
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

/** What holds for every verb on what exists: one event, once however often it is sent, and nothing for outsiders. */
export function commandContract({ route, kind, ctx, occasion }: Verb): void {
  test('leaves one event with the next number, its actor and its operation', async () => {
    const { db } = ctx.server;
    const { by, ask, trail } = await occasion();
    const operation = randomUUID();
    const { left } = await eventsOf(db, trail, () => send(by, route, ask, operation));
    expect(left.map((event) => event.kind)).toEqual([kind]);
    expect(left[0]).toMatchObject({ actorId: by.id, operationId: operation });
  });

  test('sent again with the same operation id changes nothing and answers the same', async () => {
    const { db } = ctx.server;
    const { by, ask } = await occasion();
    const operation = randomUUID();
    const first = await send(by, route, ask, operation);
    expect(await expectNoWrites(db, () => send(by, route, ask, operation))).toEqual(first);
  });

  test('sent five times at once with the same operation id happens once, and each gets the same answer', async () => {
    const { db } = ctx.server;
    const { by, ask, trail } = await occasion();
    const operation = randomUUID();
    const { answer, left } = await eventsOf(db, trail, () =>
      Promise.all(Array.from({ length: 5 }, () => send(by, route, ask, operation))),
    );
    expect(left).toHaveLength(1);
    for (const one of answer) expect(one).toEqual(answer[0]);
  });

  test('is not found by another organisation, and asks a stranger to sign in', async () => {
    const { server, users } = ctx;
    const { ask } = await occasion();
    await expectNoWrites(server.db, async () => {
      expect(await sendRefused(users.elsewhere.admin, route, ask)).toMatchObject({ status: 404, type: 'not-found' });
      expect(await sendRefused(stranger(server), route, ask)).toMatchObject({ status: 401, type: 'signed-out' });
    });
  });
}
