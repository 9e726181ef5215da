import { WebSocket } from 'ws';
import { describe, expect, test } from 'vitest';
import { closeCodes } from '#shared/contract/document.ts';
import { documentsOf, tickIn } from '#test/support/documents.ts';
import { standOn } from '#test/support/ground.ts';
import { synced, tick } from '#test/support/reader.ts';
import { newRecord } from '#test/support/records.ts';
import { waitFor } from '#test/support/wait.ts';

const ground = standOn();
const { connect, open, stored } = documentsOf(ground);

const within = <T>(ms: number, promise: Promise<T>) =>
  Promise.race([promise, new Promise<'nothing'>((resolve) => setTimeout(resolve, ms, 'nothing'))]);

describe('who may', () => {
  test.each(['observer', 'admin'] as const)(
    '%s: reads, and a change of theirs ends the socket and is stored nowhere',
    async (who) => {
      const { id } = await newRecord(ground.cast);
      const [reader, witness] = [await open(id, ground.cast[who]), await open(id, ground.cast.reviewer)];
      tick(reader, 'source', ground.cast[who]);
      expect(await reader.closed).toBe(closeCodes.notAllowed);
      expect(tickIn(await stored(id), 'source')).toBeNull();
      expect(tickIn(witness.doc, 'source')).toBeNull();
    },
  );

  test('an observer who comes back with all there is, deletions too, is let in', async () => {
    const { observer, dataOwner } = ground.cast;
    const { id } = await newRecord(ground.cast);
    const [reader, writer] = [await open(id, observer), await open(id, dataOwner)];
    for (const on of [true, false, true]) tick(writer, 'source', dataOwner, on);
    await waitFor(() => tickIn(reader.doc, 'source'));
    reader.provider.disconnect();
    reader.provider.connect();
    await synced(reader);
    expect(await within(200, reader.closed)).toBe('nothing');
  });

  test('an administrator of another organisation: there is no such document', async () => {
    const { id } = await newRecord(ground.cast);
    const reader = connect(id, ground.cast.elsewhere.admin);
    expect(await reader.closed).toBe(closeCodes.gone);
    expect(reader.doc.getMap('checklist').size).toBe(0);
  });

  test('a stranger: nothing, and signing in is what helps', async () => {
    const { id } = await newRecord(ground.cast);
    const reader = connect(id, { cookie: '' });
    expect(await reader.closed).toBe(closeCodes.signedOut);
    expect(reader.doc.getMap('checklist').size).toBe(0);
  });

  test.each(['0199aaaa-0000-7000-8000-000000000000', 'no-id', '..%2f'])('nobody: a document %s', async (id) => {
    expect(await connect(id, ground.cast.lead).closed).toBe(closeCodes.gone);
  });

  test('taking the last duty away ends the right on an open socket within a second', async () => {
    const { cast } = ground;
    const { id } = await newRecord(cast);
    const reader = await open(id, cast.signatory);
    const params = { scope: cast.scope, person: cast.signatory.id };
    const path = 'put /api/scopes/{scope}/people/{person}/duties' as const;
    await cast.lead.call(path, { params, body: { from: ['signatory'], to: [] } });
    try {
      expect(await within(1000, reader.closed)).toBe(closeCodes.gone);
    } finally {
      await cast.lead.call(path, { params, body: { from: [], to: ['signatory'] } });
    }
  });

  test('whoever became an observer goes on reading and cannot change anything', async () => {
    const { cast } = ground;
    const { id } = await newRecord(cast);
    const reader = await open(id, cast.signatory);
    const params = { scope: cast.scope, person: cast.signatory.id };
    const path = 'put /api/scopes/{scope}/people/{person}/duties' as const;
    await cast.lead.call(path, { params, body: { from: ['signatory'], to: ['observer'] } });
    try {
      await waitFor(() => !reader.provider.synced);
      await synced(reader);
      tick(reader, 'sealed', cast.signatory);
      expect(await reader.closed).toBe(closeCodes.notAllowed);
      expect(tickIn(await stored(id), 'sealed')).toBeNull();
    } finally {
      await cast.lead.call(path, { params, body: { from: ['observer'], to: ['signatory'] } });
    }
  });

  test('a page of another site cannot open a document with a member’s cookie', async () => {
    const { id } = await newRecord(ground.cast);
    const headers = { cookie: ground.cast.dataOwner.cookie, origin: 'https://elsewhere.example' };
    const socket = new WebSocket(`${ground.server.url.replace('http', 'ws')}/documents/${id}`, { headers });
    const ended = await new Promise((resolve) => {
      socket.on('open', () => resolve('open'));
      socket.on('error', () => resolve('refused'));
    });
    expect(ended).toBe('refused');
  });
});
