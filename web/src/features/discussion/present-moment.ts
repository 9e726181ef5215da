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

/** Now; what reads it in a component is written again every half minute. */
export function presentMoment(): Date {
  everyHalfMinute();
  return serverNow();
}
