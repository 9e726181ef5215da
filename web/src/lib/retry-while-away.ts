import { refreshAll } from '$app/navigation';

const everyMs = 5_000;

/** Reloads the page data every few seconds and when the network is back, until the returned function is called. */
export function retryWhileAway(): () => void {
  const again = () => void refreshAll();
  const timer = setInterval(again, everyMs);
  window.addEventListener('online', again);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', again);
  };
}
