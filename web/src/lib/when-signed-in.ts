import { call } from './api.ts';

const everyMs = 15_000;

/**
 * Calls `then` once the same person is signed in again, in this tab or another; checks on focus, when the network is
 * back and every few seconds. Returns a function that stops it.
 */
export function whenSignedIn(person: string, then: () => void): () => void {
  let asking = false;
  const ask = async () => {
    if (asking) return;
    asking = true;
    const self = await call('get /api/self', {}).catch(() => null);
    asking = false;
    if (self?.id !== person || stopped) return;
    stop();
    then();
  };
  let stopped = false;
  const soon = () => void ask();
  const timer = setInterval(soon, everyMs);
  window.addEventListener('focus', soon);
  window.addEventListener('online', soon);
  const stop = () => {
    stopped = true;
    clearInterval(timer);
    window.removeEventListener('focus', soon);
    window.removeEventListener('online', soon);
  };
  return stop;
}
