import type { PendingIntent } from './document-storage.ts';

/**
 * Without the Web Locks API, a copy that wrote within this time, in milliseconds, is treated as open in another tab.
 */
const youngMs = 600_000;
/** The copies that are open in this page. */
const openCopies = new Set<string>();
const nameOf = (copy: string) => `ecoc copy ${copy}`;

/** Marks this copy as open for the other tabs, until the returned function is called or the tab closes. */
export function registerCopy(copy: string): () => void {
  openCopies.add(copy);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  // A page without TLS has no Web Locks API.
  void globalThis.navigator?.locks?.request(nameOf(copy), () => released).catch(() => undefined);
  return () => {
    openCopies.delete(copy);
    release();
  };
}

/**
 * The ids of the pending intents of other open copies. Without IndexedDB such an intent exists only in its own copy;
 * applying it in this copy as well would duplicate it.
 */
export async function openElsewhere(waiting: readonly PendingIntent[], own: string): Promise<string[]> {
  const locks = await globalThis.navigator?.locks?.query().catch(() => undefined);
  const lockNames = new Set(locks?.held?.map(({ name }) => name));
  const isOpen = ({ intent, copy }: PendingIntent) => {
    if (copy === undefined || copy === own) return false;
    if (openCopies.has(copy) || lockNames.has(nameOf(copy))) return true;
    return locks === undefined && Date.now() - Date.parse(intent.at) < youngMs;
  };
  return waiting.filter(isOpen).map(({ intent }) => intent.id);
}
