import { invalidate } from '$app/navigation';
import { browser } from '$app/env';
import { Unreachable } from './api.ts';

const retryMs = 5_000;
const shown = new Map<string, { key: string; answer: unknown }>();

/**
 * For a `load` that runs again in the background: while the server is unreachable, the page keeps what it shows instead
 * of becoming an error page, and retries until there is an answer. `key` identifies the request.
 */
export async function whileAway<T>(dependency: string, key: string, answer: Promise<T>): Promise<T> {
  try {
    const message = await answer;
    if (browser) shown.set(dependency, { key, answer: message });
    return message;
  } catch (error) {
    const last = shown.get(dependency);
    if (!(error instanceof Unreachable) || last?.key !== key) throw error;
    setTimeout(() => void invalidate(dependency), Math.max(retryMs, error.retryAfterMs ?? 0));
    return last.answer as T;
  }
}
