import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '#test/support/documents.ts';
import { useTestServer } from '#test/support/context.ts';
import { lockRecordInTest } from '#test/support/lock-record.ts';
import { tick } from '#test/support/reader.ts';
import { recordIn, staffedRecord } from '#test/support/records.ts';
import { expectNoWrites } from '#test/support/writes.ts';
import { waitFor } from '#test/support/wait.ts';

const ctx = useTestServer();
const { open } = documentsOf(ctx);

const base64 = (vector: Uint8Array) => Buffer.from(vector).toString('base64');
const vectorOf = (clients: [number, number][]) => base64(Y.encodeStateVector(new Map(clients) as never));
const toData = (record: string, seen: string) => ({
  params: { record },
  body: { from: 'intake' as const, to: 'data' as const, seen },
});
const path = 'post /api/records/{record}/move' as const;

describe('a move that sends the state vector its mover saw', () => {
  test('waits until all of it is stored, and is judged by it', async () => {
    const { lead, dataOwner } = ctx.users;
    const card = await recordIn(ctx, 'data');
    const writer = await open(card.id, dataOwner);
    const release = await lockRecordInTest(ctx, card.id);
    tick(writer, 'source', dataOwner);
    tick(writer, 'build', dataOwner);
    let moved = false;
    const moving = lead
      .call(path, {
        params: { record: card.id },
        body: { from: 'data', to: 'review', seen: base64(Y.encodeStateVector(writer.doc)) },
      })
      .then((answer) => ((moved = true), answer));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([moved, writer.saved()]).toEqual([false, false]);
    await release();
    expect((await moving).card.stage).toBe('review');
    await waitFor(() => writer.saved());
  });

  test('runs immediately if all of it is stored, whether or not the document is open', async () => {
    const { dataOwner } = ctx.users;
    for (const isOpen of [true, false]) {
      const card = await staffedRecord(ctx.users);
      const writer = await open(card.id, dataOwner);
      tick(writer, 'source', dataOwner);
      await waitFor(() => writer.saved());
      const seen = base64(Y.encodeStateVector(writer.doc));
      if (!isOpen) writer.close();
      expect((await dataOwner.call(path, toData(card.id, seen))).card.stage).toBe('data');
    }
  });

  test('[D10] is refused if it is never stored', async () => {
    const { db } = ctx.server;
    const card = await staffedRecord(ctx.users);
    const problem = await expectNoWrites(db, () =>
      ctx.users.dataOwner.refused(path, toData(card.id, vectorOf([[424_242, 5]]))),
    );
    expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'D10' }] });
    expect(problem.detail).toContain('not stored yet');
  });

  test.each([
    ['that ends early', base64(Uint8Array.from([5, 1]))],
    ['that claims millions of entries', base64(Uint8Array.from([0x80, 0x87, 0xa7, 0x0e, 1, 1]))],
  ])('[D10] with a state vector %s is refused immediately', async (_, seen) => {
    const card = await staffedRecord(ctx.users);
    const start = performance.now();
    const problem = await ctx.users.dataOwner.refused(path, toData(card.id, seen));
    expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'D10' }] });
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test('with invalid base64 is bad input', async () => {
    const card = await staffedRecord(ctx.users);
    expect(await ctx.users.dataOwner.refused(path, toData(card.id, '%%%'))).toMatchObject({ status: 400 });
  });

  test.each([
    ['stored', vectorOf([])],
    ['never stored', vectorOf([[424_242, 5]])],
    ['no vector', base64(Uint8Array.from([5, 1]))],
  ])('finds no record of another organisation, and does not wait for the answer: %s', async (_, seen) => {
    const card = await staffedRecord(ctx.users);
    const start = performance.now();
    const problem = await ctx.users.elsewhere.admin.refused(path, toData(card.id, seen));
    expect(problem).toMatchObject({ status: 404, type: 'not-found' });
    const nowhere = toData('0199aaaa-0000-7000-8000-000000000000', seen);
    expect(await ctx.users.lead.refused(path, nowhere)).toMatchObject({ status: 404 });
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
