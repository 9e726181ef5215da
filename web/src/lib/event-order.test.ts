import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardEvent } from '#shared/contract/event.ts';
import { eventOrder } from './event-order.ts';

const event = (seq: number): BoardEvent => ({
  seq,
  at: '2026-11-24T09:30:00.000Z',
  kind: 'person.removed',
  actor: null,
  record: null,
  body: { person: 'p1' },
  card: null,
  counts: {},
});

const numbers = (events: BoardEvent[]) => events.map(({ seq }) => seq);

describe('the order of the feed', () => {
  it('delivers events that arrive in order, once', () => {
    const order = eventOrder(4);
    expect(numbers(order.take(event(5)))).toEqual([5]);
    expect(numbers(order.take(event(5)))).toEqual([]);
    expect(numbers(order.take(event(6)))).toEqual([6]);
    expect(order.missing).toBe(false);
  });

  it('holds back an early event until the missing one arrives', () => {
    const order = eventOrder(4);
    expect(order.take(event(7))).toEqual([]);
    expect(order.take(event(6))).toEqual([]);
    expect(order.missing).toBe(true);
    expect(numbers(order.take(event(5)))).toEqual([5, 6, 7]);
    expect(order.missing).toBe(false);
  });

  it('continues from a later number and keeps what is queued behind it', () => {
    const order = eventOrder(4);
    order.take(event(9));
    order.take(event(12));
    expect(numbers(order.restart(11))).toEqual([12]);
    expect(order.seq).toBe(12);
    expect(order.missing).toBe(false);
  });

  it('goes back to a lower number, and then requests the events between', () => {
    const order = eventOrder(10);
    expect(order.restart(7)).toEqual([]);
    expect(order.take(event(11))).toEqual([]);
    expect(order.missing).toBe(true);
    expect(numbers([8, 9, 10].flatMap((seq) => order.take(event(seq))))).toEqual([8, 9, 10, 11]);
  });

  it('delivers every order of arrival, duplicates included, in one order', () => {
    const arrivals = fc.integer({ min: 1, max: 12 }).chain((last) =>
      fc.tuple(
        fc.constant(last),
        fc.shuffledSubarray(
          [...Array(last).keys(), ...Array(last).keys()].map((at) => at + 1),
          { minLength: last * 2 },
        ),
      ),
    );
    fc.assert(
      fc.property(arrivals, ([last, seqs]) => {
        const order = eventOrder(0);
        const out = seqs.flatMap((seq) => numbers(order.take(event(seq))));
        expect(out).toEqual(Array.from({ length: last }, (_, at) => at + 1));
      }),
    );
  });
});
