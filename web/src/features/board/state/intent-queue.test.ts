import { describe, expect, it, vi } from 'vitest';
import type { Problem } from '#shared/contract/problem.ts';
import type { Card } from '#shared/contract/record.ts';
import { ProblemError, Unreachable } from '#lib/api.ts';
import type { BoardIntent, MoveIntent } from './intents.ts';
import { intentQueue, type QueueHold } from './intent-queue.ts';
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

/** The dependencies: a server whose answers the test provides one by one. */
function stage() {
  const sent: { intent: BoardIntent; answer(card: Card): void; fail(error: Error): void }[] = [];
  const log: string[] = [];
  let pending: readonly BoardIntent[] = [];
  let hold: QueueHold = null;
  const queue = intentQueue((intent) => new Promise((answer, fail) => sent.push({ intent, answer, fail })), {
    changed: (intents, why) => ((pending = intents), (hold = why)),
    done: (intent) => log.push(`done ${intent.operation}`),
    refused: (intent, problem) => log.push(`refused ${intent.operation} ${problem.type}`),
  });
  return {
    queue,
    asked: sent,
    log,
    pending: () => pending.map(({ operation }) => operation),
    hold: () => hold,
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('the queue of intents', () => {
  it('sends one at a time, in order', async () => {
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

  it('removes a refused move and continues with the next card', async () => {
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

  it('removes moves based on a refused one', async () => {
    const { queue, asked, log, pending, settle } = stage();
    queue.add(wish('a', 'first'));
    queue.add(wish('b'));
    queue.add(wish('a', 'second'));
    asked[0]!.fail(new ProblemError(refusal));
    await settle();
    expect(pending()).toEqual(['b']);
    expect(log).toEqual(['refused first refused']);
  });

  it('keeps everything while the server is unreachable, and resends the same operation', async () => {
    const { queue, asked, log, pending, hold, settle } = stage();
    queue.add(wish('a'));
    asked[0]!.fail(new Unreachable());
    await settle();
    queue.add(wish('b'));
    expect(hold()).toBe('unreachable');
    expect(pending()).toEqual(['a', 'b']);
    expect(asked).toHaveLength(1);

    queue.resume();
    expect(asked.map(({ intent }) => intent.operation)).toEqual(['a', 'a']);
    asked[1]!.answer(cardNamed('a', 'review'));
    await settle();
    expect(hold()).toBeNull();
    asked[2]!.answer(cardNamed('b', 'review'));
    await settle();
    expect(log).toEqual(['done a', 'done b']);
    expect(pending()).toEqual([]);
  });

  it('retries automatically, with growing delays', async () => {
    vi.useFakeTimers();
    try {
      const { queue, asked } = stage();
      queue.add(wish('a'));
      asked[0]!.fail(new Unreachable());
      await vi.advanceTimersByTimeAsync(1_000);
      expect(asked).toHaveLength(2);
      asked[1]!.fail(new Unreachable());
      await vi.advanceTimersByTimeAsync(1_900);
      expect(asked).toHaveLength(2);
      await vi.advanceTimersByTimeAsync(200);
      expect(asked).toHaveLength(3);
      queue.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('sends one request however often the connection returns', async () => {
    const { queue, asked } = stage();
    queue.add(wish('a'));
    queue.resume();
    queue.resume();
    expect(asked).toHaveLength(1);
  });

  const signedOut: Problem = { type: 'signed-out', title: 'Signed out', status: 401, detail: 'Sign in first.' };
  const failed: Problem = { type: 'failed', title: 'Failed', status: 500, detail: 'Try again.' };

  it.each<[string, Error, QueueHold]>([
    ['a server that failed', new Unreachable(failed), 'unreachable'],
    ['an ended session', new ProblemError(signedOut), 'signed-out'],
    ['a session of somebody else', new ProblemError({ ...signedOut, type: 'other-person' }), 'signed-out'],
  ])('keeps all pending intents through %s, and sends each once (fault D3)', async (_, error, why) => {
    const { queue, asked, log, pending, hold, settle } = stage();
    for (const name of ['a', 'b', 'c']) queue.add(wish(name));
    asked[0]!.fail(error);
    await settle();
    expect(pending()).toEqual(['a', 'b', 'c']);
    expect(hold()).toBe(why);
    expect(asked).toHaveLength(1);
    queue.resume();
    for (const [at, name] of ['a', 'b', 'c'].entries()) {
      asked[at + 1]!.answer(cardNamed(name, 'review'));
      await settle();
    }
    expect(asked.map(({ intent }) => intent.operation)).toEqual(['a', 'a', 'b', 'c']);
    expect(log).toEqual(['done a', 'done b', 'done c']);
    expect(hold()).toBeNull();
    queue.close();
  });

  it('waits as long as Retry-After says, whatever else happens (fault no. 13)', async () => {
    vi.useFakeTimers();
    try {
      const { queue, asked } = stage();
      queue.add(wish('a'));
      asked[0]!.fail(new Unreachable(null, 30_000));
      await vi.advanceTimersByTimeAsync(29_000);
      queue.resume();
      expect(asked).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1_500);
      expect(asked).toHaveLength(2);
      queue.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not treat an error of the page as an unreachable server (fault D3)', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const sent: string[] = [];
    let hold: QueueHold = null;
    let left = -1;
    const queue = intentQueue(
      async ({ operation }) => {
        sent.push(operation);
        return cardNamed(operation, 'review');
      },
      {
        changed: (intents, why) => ((left = intents.length), (hold = why)),
        done: () => {
          throw new TypeError('in the page');
        },
        refused: () => undefined,
      },
    );
    queue.add(wish('a'));
    queue.add(wish('b'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual(['a', 'b']);
    expect({ left, hold }).toEqual({ left: 0, hold: null });
    expect(logged).toHaveBeenCalledTimes(2);
    logged.mockRestore();
  });
});
