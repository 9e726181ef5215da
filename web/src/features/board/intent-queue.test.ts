import { describe, expect, it, vi } from 'vitest';
import type { Problem } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';
import { ProblemError, Unreachable } from '#lib/api.ts';
import type { Intent, MoveIntent } from './intents.ts';
import { intentQueue } from './intent-queue.ts';
import { cardNamed } from './test-cards.ts';

const wish = (name: string, operation = name): MoveIntent => ({
  kind: 'move',
  operation,
  card: cardNamed(name, 'data'),
  to: 'review',
  after: undefined,
  reason: undefined,
  shown: true,
});

const refusal: Problem = { type: 'refused', title: 'Refused', status: 422, detail: 'No.', findings: [] };

/** The outside: a server whose answers the test gives one by one. */
function stage() {
  const asked: { intent: Intent; answer(card: Card): void; fail(error: Error): void }[] = [];
  const log: string[] = [];
  let pending: readonly Intent[] = [];
  let unreachable = false;
  const queue = intentQueue((intent) => new Promise((answer, fail) => asked.push({ intent, answer, fail })), {
    changed: (intents, away) => ((pending = intents), (unreachable = away)),
    done: (intent) => log.push(`done ${intent.operation}`),
    refused: (intent, problem) => log.push(`refused ${intent.operation} ${problem.type}`),
  });
  return {
    queue,
    asked,
    log,
    pending: () => pending.map(({ operation }) => operation),
    unreachable: () => unreachable,
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('the queue of intents', () => {
  it('sends one after the other, in the order they were wanted', async () => {
    const { queue, asked, log, pending, settle } = stage();
    queue.add(wish('a'));
    queue.add(wish('b'));
    expect(asked.map(({ intent }) => intent.operation)).toEqual(['a']);
    asked[0]!.answer(cardNamed('a', 'review'));
    await settle();
    expect(asked.map(({ intent }) => intent.operation)).toEqual(['a', 'b']);
    expect(pending()).toEqual(['b']);
    expect(log).toEqual(['done a']);
  });

  it('takes a refused move out and goes on with the next card', async () => {
    const { queue, asked, log, pending, settle } = stage();
    queue.add(wish('a'));
    queue.add(wish('b'));
    asked[0]!.fail(new ProblemError(refusal));
    await settle();
    expect(log).toEqual(['refused a refused']);
    expect(pending()).toEqual(['b']);
    asked[1]!.answer(cardNamed('b', 'review'));
    await settle();
    expect(log).toEqual(['refused a refused', 'done b']);
  });

  it('takes what was built on a refused move out with it', async () => {
    const { queue, asked, log, pending, settle } = stage();
    queue.add(wish('a', 'first'));
    queue.add(wish('b'));
    queue.add(wish('a', 'second'));
    asked[0]!.fail(new ProblemError(refusal));
    await settle();
    expect(pending()).toEqual(['b']);
    expect(log).toEqual(['refused first refused']);
  });

  it('keeps everything while the server cannot be reached, and sends the same operation again', async () => {
    const { queue, asked, log, pending, unreachable, settle } = stage();
    queue.add(wish('a'));
    asked[0]!.fail(new Unreachable('away'));
    await settle();
    queue.add(wish('b'));
    expect(unreachable()).toBe(true);
    expect(pending()).toEqual(['a', 'b']);
    expect(asked).toHaveLength(1);

    queue.resume();
    expect(asked.map(({ intent }) => intent.operation)).toEqual(['a', 'a']);
    asked[1]!.answer(cardNamed('a', 'review'));
    await settle();
    expect(unreachable()).toBe(false);
    asked[2]!.answer(cardNamed('b', 'review'));
    await settle();
    expect(log).toEqual(['done a', 'done b']);
    expect(pending()).toEqual([]);
  });

  it('tries again by itself, and later each time', async () => {
    vi.useFakeTimers();
    try {
      const { queue, asked } = stage();
      queue.add(wish('a'));
      asked[0]!.fail(new Unreachable('away'));
      await vi.advanceTimersByTimeAsync(1_000);
      expect(asked).toHaveLength(2);
      asked[1]!.fail(new Unreachable('away'));
      await vi.advanceTimersByTimeAsync(1_900);
      expect(asked).toHaveLength(2);
      await vi.advanceTimersByTimeAsync(200);
      expect(asked).toHaveLength(3);
      queue.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('asks once however often the connection comes back', async () => {
    const { queue, asked } = stage();
    queue.add(wish('a'));
    queue.resume();
    queue.resume();
    expect(asked).toHaveLength(1);
  });
});
