import { createSubscriber } from 'svelte/reactivity';
import { serverNow } from '#lib/server-clock.ts';

const everySecond = createSubscriber((update) => {
  const timer = setInterval(update, 1_000);
  return () => clearInterval(timer);
});

/** Whole seconds since a moment; components that read it update every second. */
export function secondsSince(moment: string): number {
  everySecond();
  return Math.max(0, Math.floor((serverNow().getTime() - Date.parse(moment)) / 1_000));
}
