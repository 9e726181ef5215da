import type { Why } from './document-storage.ts';

/** The finding a refused socket was closed with; null where the server said none. */
export function whyIn(reason: string): Why | null {
  try {
    const said = JSON.parse(reason) as Partial<Why> | null;
    if (typeof said?.rule !== 'string' || typeof said.key !== 'string') return null;
    return { rule: said.rule, key: said.key, params: said.params ?? {} };
  } catch {
    return null;
  }
}
