import { createSubscriber } from 'svelte/reactivity';
import { serverNow, whenClockSet } from '#lib/server-clock.ts';

const everyHalfMinute = createSubscriber((update) => {
  const timer = setInterval(update, 30_000);
  const stop = whenClockSet(update);
  return () => {
    clearInterval(timer);
    stop();
  };
});

/** The present moment; components that read it update every 30 seconds. */
export function presentMoment(): Date {
  everyHalfMinute();
  return serverNow();
}
