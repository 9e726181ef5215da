import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { feedPolling } from './feed-polling.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('polls over HTTP after repeated socket failures, until the socket connects (fault no. 25)', async () => {
  let requests = 0;
  const heard: boolean[] = [];
  const polling = feedPolling(
    async () => ++requests > 1,
    (reached) => heard.push(reached),
  );
  for (let time = 0; time < 3; time++) polling.failed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requests).toBe(0);
  polling.failed();
  await vi.advanceTimersByTimeAsync(8_500);
  polling.failed();
  expect(heard).toEqual([false, true, true]);
  polling.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requests).toBe(3);
});

it('drops an answer that arrives after the socket connected', async () => {
  const heard: boolean[] = [];
  let answer: (reached: boolean) => void = () => undefined;
  const polling = feedPolling(
    () => new Promise((resolve) => (answer = resolve)),
    (reached) => heard.push(reached),
  );
  for (let time = 0; time < 4; time++) polling.failed();
  polling.stop();
  answer(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toEqual([]);
});
