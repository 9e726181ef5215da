import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readConfig } from '#server/app/config.ts';
import { startServer } from '#server/app/start-server.ts';
import { content, documentsOf, tickIn } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { item, say, synced, tick, type } from '#test/support/reader.ts';
import { newRecord, tickAll } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const { connect, open, stored, closeAll } = documentsOf(ctx);

const detailOf = (record: string) => ctx.users.lead.call('get /api/records/{record}', { params: { record } });
const activityOf = async (record: string) => {
  const ask = { params: { scope: ctx.users.scope }, query: { record } };
  const { events } = await ctx.users.lead.call('get /api/scopes/{scope}/activity', ask);
  return events.filter(({ kind }) => kind === 'document.changed');
};

describe('a record document', () => {
  test('has the whole checklist of the operating model as soon as the client is synced', async () => {
    const { id } = await newRecord(ctx.users);
    const reader = connect(id, ctx.users.observer);
    const size = await new Promise((resolve) =>
      reader.provider.once('sync', () => resolve(reader.doc.getMap('checklist').size)),
    );
    expect(size).toBe((await stored(id)).getMap('checklist').size);
    expect(item(reader, 'source').get('tick')).toBeNull();
  });

  test('concurrent ticks and comments of two people converge, and are stored in the database', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [one, two] = await Promise.all([open(id, dataOwner), open(id, reviewer)]);
    tick(one, 'source', dataOwner);
    say(one, dataOwner, 'The masses are from the weighbridge.');
    tick(two, 'approval', reviewer);
    say(two, reviewer, 'Which extension is this?');
    await waitFor(() => one.saved() && two.saved() && one.doc.getMap('threads').size === 2);
    await waitFor(() => isDeepStrictEqual(content(one.doc), content(two.doc)));
    expect(content(await stored(id))).toEqual(content(one.doc));
  });

  test('offline edits are stored after reconnecting', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [one, two] = await Promise.all([open(id, dataOwner), open(id, reviewer)]);
    one.provider.disconnect();
    tick(one, 'source', dataOwner);
    say(one, dataOwner, 'Written on the train.');
    tick(two, 'approval', reviewer);
    await waitFor(() => two.saved());
    one.provider.connect();
    await waitFor(() => isDeepStrictEqual(content(one.doc), content(two.doc)));
    expect(content(await stored(id))).toEqual(content(one.doc));
  });

  test('a tick opens the gate, shows on the card and leaves an event, in one commit', async () => {
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const reader = await open(id, dataOwner);
    const { card: before } = await detailOf(id);
    tick(reader, 'source', dataOwner);
    tick(reader, 'build', dataOwner);
    await waitFor(() => reader.saved());
    const { card, verdicts } = await detailOf(id);
    expect(card.checklist.done).toBe(2);
    expect(verdicts.find(({ stage }) => stage === 'review')!.findings.map(({ rule }) => rule)).not.toContain('P10');
    expect(before.gates[2]!.errors - card.gates[2]!.errors).toBe(1);
    const events = await activityOf(id);
    expect(events.flatMap(({ body }) => ('ticked' in body && body.ticked) || []).sort()).toEqual(['build', 'source']);
    expect(events[0]).toMatchObject({ actor: { id: dataOwner.id }, body: { unticked: [], after: { done: 2 } } });
  });

  test('swapping one tick for another leaves an event although the count is equal', async () => {
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const reader = await open(id, dataOwner);
    tick(reader, 'source', dataOwner);
    await waitFor(() => reader.saved());
    reader.doc.transact(() => {
      tick(reader, 'source', dataOwner, false);
      tick(reader, 'build', dataOwner);
    });
    await waitFor(() => reader.saved());
    expect((await activityOf(id))[0]!.body).toMatchObject({ ticked: ['build'], unticked: ['source'] });
  });

  test('typing alone is stored and leaves no event', async () => {
    const { dataOwner } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const reader = await open(id, dataOwner);
    const body = say(reader, dataOwner, 'Axle');
    await waitFor(() => reader.saved());
    const { length } = await activityOf(id);
    type(body, ' loads', 4);
    await waitFor(() => reader.saved());
    expect(JSON.stringify((await stored(id)).getMap('threads'))).toContain('Axle loads');
    expect(await activityOf(id)).toHaveLength(length);
  });

  test('a server restarted on the same database has everything acknowledged', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const reader = await open(id, dataOwner);
    tick(reader, 'source', dataOwner);
    say(reader, dataOwner, 'Checked twice.');
    await waitFor(() => reader.saved());
    const config = readConfig({
      PORT: '0',
      PUBLIC_URL: 'http://127.0.0.1:0',
      AUTH_SECRET: ctx.server.services.secret,
    });
    const database = { ...ctx.server.database, close: async () => undefined };
    const restarted = await startServer({ config, database });
    try {
      const again = await open(id, reviewer, restarted.url);
      expect(content(again.doc)).toEqual(content(reader.doc));
    } finally {
      await restarted.close();
    }
  });

  test('is removed from memory after everybody left', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    await open(id, dataOwner);
    closeAll();
    await waitFor(async () => {
      await tickAll(ctx, id, 'data');
      const again = await open(id, reviewer);
      const seen = tickIn(again.doc, 'source');
      closeAll();
      return seen;
    });
  });
});

describe('document presence', () => {
  const others = ({ provider, doc }: ReturnType<typeof connect>) =>
    [...provider.awareness.getStates()].filter(([client]) => client !== doc.clientID).map(([, state]) => state);

  test('is written by the server, whatever a client claims', async () => {
    const { dataOwner, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const one = await open(id, dataOwner);
    one.provider.awareness.setLocalState({
      user: { id: reviewer.id, name: reviewer.name },
      writing: 'record',
      role: 'boss',
    });
    const two = await open(id, reviewer);
    await waitFor(() => others(two).length === 1);
    expect(others(two)).toEqual([{ user: { id: dataOwner.id, name: dataOwner.name }, writing: 'record' }]);
    one.close();
    await waitFor(() => others(two).length === 0);
  });

  test('cannot be suppressed by a client that claims another’s id', async () => {
    const { dataOwner, reviewer, signatory } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [one, witness] = [await open(id, dataOwner), await open(id, reviewer)];
    one.provider.awareness.setLocalStateField('writing', 'record');
    await waitFor(() => others(witness).some((state) => state['writing']));
    const mallory = connect(id, signatory);
    mallory.doc.clientID = one.doc.clientID;
    mallory.provider.awareness.clientID = one.doc.clientID;
    mallory.provider.awareness.setLocalState({ writing: 'elsewhere' });
    await synced(mallory);
    one.provider.awareness.setLocalStateField('writing', 'entry:0.10');
    await waitFor(() => others(witness).some((state) => state['writing'] === 'entry:0.10'));
    expect(others(witness).map(({ user }) => (user as { id: string }).id)).not.toContain(signatory.id);
  });

  test('does not include observers', async () => {
    const { observer, reviewer } = ctx.users;
    const { id } = await newRecord(ctx.users);
    const [silent, witness] = [await open(id, observer), await open(id, reviewer)];
    silent.provider.awareness.setLocalStateField('writing', 'record');
    const heard = await open(id, ctx.users.dataOwner);
    heard.provider.awareness.setLocalStateField('writing', 'record');
    await waitFor(() => others(witness).length > 0);
    expect(others(witness).map(({ user }) => (user as { id: string }).id)).toEqual([ctx.users.dataOwner.id]);
  });
});
