import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { closeCodes } from '#shared/contract/document.ts';
import type { ClientToServer, ServerToClient } from '#shared/contract/feed.ts';
import type { Client } from '#test/support/client.ts';
import { isUnavailable } from '#server/db/driver/client.ts';
import { moveRecord } from '#server/commands/records/move.ts';
import { imports, ruleTrials } from '#server/db/schema.ts';
import { finishTrial } from '#server/trials/run-trial.ts';
import { by } from '#test/support/seed-organisation.ts';
import { settled } from '#test/support/import.ts';
import { useTestServer } from '#test/support/context.ts';
import { comeBack, goAway, killConnections } from '#test/support/outage.ts';
import { move, newRecord, staffedRecord, tickAll } from '#test/support/records.ts';
import { settingsWith } from '#test/support/rules.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const sockets: Socket<ServerToClient, ClientToServer>[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await comeBack(ctx.server.database);
});

function feedOf({ cookie }: Client): Socket<ServerToClient, ClientToServer> {
  const socket: Socket<ServerToClient, ClientToServer> = io(ctx.server.url, {
    path: '/socket.io',
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { cookie },
  });
  sockets.push(socket);
  return socket;
}

const nothing = { judged: 0, of: 0, otherwise: 0, first: [] };
const closeCodeOf = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));
const documentOf = ({ cookie }: Client, record: string) =>
  new WebSocket(`${ctx.server.url.replace('http', 'ws')}/documents/${record}`, { headers: { cookie } });

test('a watch while the database is away ends neither the process nor the page: it reconnects and is answered (fault D1)', async () => {
  const { server, users } = ctx;
  const socket = feedOf(users.lead);
  await waitFor(() => socket.connected);
  await goAway(server.database);
  let answered = false;
  const closed = new Promise((resolve) => socket.once('disconnect', resolve));
  socket.emit('watch', users.scope, () => (answered = true));
  await closed;
  expect(answered).toBe(false);
  await comeBack(server.database);
  const again = feedOf(users.lead);
  await waitFor(() => again.connected);
  expect(await again.emitWithAck('watch', users.scope)).toMatchObject({ seq: expect.any(Number) });
});

test.each(['attendStandup', 'departStandup', 'unwatch', 'attend', 'point'] as const)(
  '%s while the database is away does not end the process (fault D1)',
  async (event) => {
    const { server, users } = ctx;
    const socket = feedOf(users.lead);
    await waitFor(() => socket.connected);
    await goAway(server.database);
    socket.emit(event, randomUUID() as never, (() => undefined) as never);
    const answer = await fetch(`${server.url}/api/openapi.json`);
    expect(answer.status).toBe(200);
  },
);

test('a feed and a document opened while the database is away get unavailable, not signed out (fault D4)', async () => {
  const { server, users } = ctx;
  const card = await newRecord(users);
  await goAway(server.database);
  const refusal = await new Promise<Error>((resolve) => feedOf(users.lead).once('connect_error', resolve));
  expect(refusal.message).toBe('unavailable');
  expect(await closeCodeOf(documentOf(users.lead, card.id))).toBe(closeCodes.storeFailed);
  await comeBack(server.database);
  const socket = feedOf(users.lead);
  await waitFor(() => socket.connected);
});

test('HTTP answers unavailable for reads, writes and sign-in, and the same session continues when the database is back (faults S1, D4)', async () => {
  const { server, users } = ctx;
  const card = await staffedRecord(users);
  await tickAll(ctx, card.id, 'intake');
  await goAway(server.database);
  const write = { method: 'POST', headers: { 'operation-id': randomUUID(), 'content-type': 'application/json' } };
  const body = JSON.stringify({ from: 'intake', to: 'data', after: null });
  const answers = await Promise.all([
    users.lead.fetch(`/api/records/${card.id}`),
    users.lead.fetch(`/api/records/${card.id}/move`, { ...write, body }),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ type: 'unavailable' });
  }
  const signIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: 'lead@works.example', password: 'a wrong one, perhaps' }),
  });
  expect(signIn.status).toBeGreaterThanOrEqual(500);
  await comeBack(server.database);
  expect((await move(users.lead, card, 'data')).card.stage).toBe('data');
});

test('a command waits between attempts while the database is away (fault S1)', async () => {
  const { server, users } = ctx;
  const { id } = await newRecord(users);
  await goAway(server.database);
  const began = performance.now();
  const input = { record: id, from: 'intake' as const, to: 'intake' as const, after: null };
  const outcome = await moveRecord(server.services, by(users.lead), input).catch((error: unknown) => error);
  expect(isUnavailable(outcome)).toBe(true);
  expect(performance.now() - began).toBeGreaterThan(550);
});

test('a rule trial that the database interrupts is kept, and restarts when the database is back (fault S1)', async () => {
  const { server, users } = ctx;
  const { db } = server;
  const [trial] = await db
    .insert(ruleTrials)
    .values({
      organisationId: users.organisation,
      settings: settingsWith({ waiverDays: 12 }),
      state: 'running',
      found: { records: nothing, moves: { ...nothing, already: 0 } },
      at: new Date(),
    })
    .returning();
  const own = eq(ruleTrials.id, trial!.id);
  // The trial cannot write its progress, and its connection dies while it waits.
  let locked = false;
  const locking = db
    .transaction(async (tx) => {
      await tx.select().from(ruleTrials).where(own).for('update');
      locked = true;
      await tx.execute(sql`select pg_sleep(60)`);
    })
    .catch((error: unknown) => error);
  await waitFor(() => locked);
  const outcome = finishTrial(server.services, trial!.id).catch((error: unknown) => error);
  await waitFor(async () => {
    const [row] = (await db.execute(
      sql`select count(*)::integer as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )) as unknown as { waiting: number }[];
    return row!.waiting > 0;
  });
  await killConnections(server.database);
  expect(isUnavailable(await outcome)).toBe(true);
  expect(isUnavailable(await locking)).toBe(true);
  // A read of this test may still be sent on a connection that was killed.
  const state = () =>
    db
      .select()
      .from(ruleTrials)
      .where(own)
      .then(
        ([row]) => row?.state,
        () => null,
      );
  await waitFor(async () => (await state()) === 'done');
});

test('a dry run that the database interrupts restarts when the database is back (fault S1)', async () => {
  const { server, users } = ctx;
  const lines = Array.from(
    { length: 1_500 },
    (_, n) => `IP-7,WORKS,e1*2007/46*1234*01,T7,V7,W${n},NORDHAVN,SUND,M1,1500,,2580`,
  );
  const content = `VFN,Man,Tan,T,Va,Ve,Mk,Cn,Ct,m (kg),Mt,W (mm)\n${lines.join('\n')}\n`;
  const ask = { params: { scope: users.scope }, query: { file: 'list.csv' }, file: new Blob([content]) };
  const answer = users.dataOwner.call('post /api/scopes/{scope}/imports', ask).catch(() => undefined);
  const taken = async () => (await server.db.select().from(imports))[0];
  await waitFor(async () => ((await taken())?.checked ?? 0) > 0);
  await goAway(server.database);
  await answer;
  await comeBack(server.database);
  const { id, state } = (await taken())!;
  expect(state).toBe('checking');
  expect(await settled(users.dataOwner, id, 25_000)).toMatchObject({
    state: 'checked',
    rows: { total: 1_500, good: 1_500 },
  });
});
