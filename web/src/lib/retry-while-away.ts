import { refreshAll } from '$app/navigation';

const everyMs = 5_000;

/** Loads the page again every few seconds and when the network is back, until the answered function is called. */
export function retryWhileAway(): () => void {
  const again = () => void refreshAll();
  const timer = setInterval(again, everyMs);
  window.addEventListener('online', again);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', again);
  };
}
