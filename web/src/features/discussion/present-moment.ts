import { createSubscriber } from 'svelte/reactivity';

const everyHalfMinute = createSubscriber((update) => {
  const timer = setInterval(update, 30_000);
  return () => clearInterval(timer);
});

/** Now; what reads it in a component is written again every half minute. */
export function presentMoment(): Date {
  everyHalfMinute();
  return new Date();
}
