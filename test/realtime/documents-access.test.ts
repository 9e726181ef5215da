import { and, eq } from 'drizzle-orm';
import { WebSocket } from 'ws';
import { describe, expect, test } from 'vitest';
import { closeCodes } from '#shared/contract/document.ts';
import { members, scopeDuties } from '#server/db/schema.ts';
import { documentsOf, tickIn } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { synced, tick } from '#test/support/reader.ts';
import { move, newRecord, recordIn } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const { connect, open, stored } = documentsOf(ctx);

const within = <T>(ms: number, promise: Promise<T>) =>
  Promise.race([promise, new Promise<'nothing'>((resolve) => setTimeout(resolve, ms, 'nothing'))]);

describe('access', () => {
  test.each(['observer', 'admin'] as const)(
    '%s: may read, but a change closes the socket and is not stored',
    async (who) => {
      const { id } = await newRecord(ctx.users);
      const [reader, witness] = [await open(id, ctx.users[who]), await open(id, ctx.users.reviewer)];
      tick(reader, 'source', ctx.users[who]);
      expect(await reader.closed).toBe(closeCodes.notAllowed);
      expect(tickIn(await stored(id), 'source')).toBeNull();
      expect(tickIn(witness.doc, 'source')).toBeNull();
    },
  );

  test('an observer who returns with the whole document, including deletions, is accepted', async () => {
    const { observer, dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [reader, writer] = [await open(id, observer), await open(id, dataOwner)];
    for (const on of [true, false, true]) tick(writer, 'source', dataOwner, on);
    await waitFor(() => tickIn(reader.doc, 'source'));
    reader.provider.disconnect();
    reader.provider.connect();
    await synced(reader);
    expect(await within(200, reader.closed)).toBe('nothing');
  });

  test('an administrator of another organisation gets: no such document', async () => {
    const { id } = await newRecord(ctx.users);
    const reader = connect(id, ctx.users.elsewhere.admin);
    expect(await reader.closed).toBe(closeCodes.gone);
    expect(reader.doc.getMap('checklist').size).toBe(0);
  });

  test('an anonymous client has to sign in', async () => {
    const { id } = await newRecord(ctx.users);
    const reader = connect(id, { cookie: '' });
    expect(await reader.closed).toBe(closeCodes.signedOut);
    expect(reader.doc.getMap('checklist').size).toBe(0);
  });

  test.each(['0199aaaa-0000-7000-8000-000000000000', 'no-id', '..%2f'])('nobody opens a document %s', async (id) => {
    expect(await connect(id, ctx.users.lead).closed).toBe(closeCodes.gone);
  });

  test('removing the last duty ends the access of an open socket within a second', async () => {
    const { users } = ctx;
    const { id } = await newRecord(users);
    const reader = await open(id, users.signatory);
    const params = { scope: users.scope, person: users.signatory.id };
    const path = 'put /api/scopes/{scope}/people/{person}/duties' as const;
    await users.lead.call(path, { params, body: { from: ['signatory'], to: [] } });
    try {
      expect(await within(1000, reader.closed)).toBe(closeCodes.gone);
    } finally {
      await users.lead.call(path, { params, body: { from: [], to: ['signatory'] } });
    }
  });

  test('a person who became an observer still reads and cannot change anything', async () => {
    const { users } = ctx;
    const { id } = await newRecord(users);
    const reader = await open(id, users.signatory);
    const params = { scope: users.scope, person: users.signatory.id };
    const path = 'put /api/scopes/{scope}/people/{person}/duties' as const;
    await users.lead.call(path, { params, body: { from: ['signatory'], to: ['observer'] } });
    try {
      await waitFor(() => !reader.provider.synced);
      await synced(reader);
      tick(reader, 'sealed', users.signatory);
      expect(await reader.closed).toBe(closeCodes.notAllowed);
      expect(tickIn(await stored(id), 'sealed')).toBeNull();
    } finally {
      await users.lead.call(path, { params, body: { from: ['observer'], to: ['signatory'] } });
    }
  });

  test('a page of another site cannot open a document with a member’s cookie', async () => {
    const { id } = await newRecord(ctx.users);
    const headers = { cookie: ctx.users.dataOwner.cookie, origin: 'https://elsewhere.example' };
    const socket = new WebSocket(`${ctx.server.url.replace('http', 'ws')}/documents/${id}`, { headers });
    const ended = await new Promise((resolve) => {
      socket.on('open', () => resolve('open'));
      socket.on('error', () => resolve('refused'));
    });
    expect(ended).toBe('refused');
  });
});

describe('present rights count, not those at connection time:', () => {
  const asNow = (change: (db: typeof ctx.server.db) => Promise<unknown>) => change(ctx.server.db);
  const dutiesOf = (person: string) => and(eq(scopeDuties.scopeId, ctx.users.scope), eq(scopeDuties.personId, person));

  test('a duty removed directly in the database', async () => {
    const { signatory } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const reader = await open(id, signatory);
    tick(reader, 'sealed', signatory);
    await waitFor(() => reader.saved());
    await asNow((db) => db.delete(scopeDuties).where(dutiesOf(signatory.id)));
    try {
      tick(reader, 'sealed', signatory, false);
      expect(await reader.closed).toBe(closeCodes.gone);
      expect(tickIn(await stored(id), 'sealed')).toMatchObject({ by: signatory.id });
    } finally {
      await restore(signatory.id, 'signatory');
    }
  });

  test('[D01] a duty replaced by another', async () => {
    const { signatory } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const reader = await open(id, signatory);
    await asNow((db) => db.update(scopeDuties).set({ duty: 'reviewer' }).where(dutiesOf(signatory.id)));
    try {
      tick(reader, 'sealed', signatory);
      expect(await reader.closed).toBe(closeCodes.notAllowed);
      expect(tickIn(await stored(id), 'sealed')).toBeNull();
    } finally {
      await asNow((db) => db.update(scopeDuties).set({ duty: 'signatory' }).where(dutiesOf(signatory.id)));
    }
  });

  test('a membership removed', async () => {
    const { signatory, organisation } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const reader = await open(id, signatory);
    const membership = and(eq(members.organisationId, organisation), eq(members.personId, signatory.id));
    const [member] = await ctx.server.db.select().from(members).where(membership);
    await asNow((db) => db.delete(scopeDuties).where(dutiesOf(signatory.id)));
    await asNow((db) => db.delete(members).where(membership));
    try {
      tick(reader, 'sealed', signatory);
      expect(await reader.closed).toBe(closeCodes.gone);
      expect(tickIn(await stored(id), 'sealed')).toBeNull();
    } finally {
      await asNow((db) => db.insert(members).values(member!));
      await restore(signatory.id, 'signatory');
    }
  });

  test('[D02] a record that has moved on', async () => {
    const { dataOwner, lead } = ctx.users;
    const card = await recordIn(ctx, 'data');
    const reader = await open(card.id, dataOwner);
    tick(reader, 'source', dataOwner);
    tick(reader, 'build', dataOwner);
    await waitFor(() => reader.saved());
    await move(lead, card, 'review');
    tick(reader, 'source', dataOwner, false);
    expect(await reader.closed).toBe(closeCodes.notAllowed);
    expect(tickIn(await stored(card.id), 'source')).toMatchObject({ by: dataOwner.id });
  });

  const restore = (personId: string, duty: 'signatory') =>
    ctx.server.db.insert(scopeDuties).values({ scopeId: ctx.users.scope, personId, duty });
});
