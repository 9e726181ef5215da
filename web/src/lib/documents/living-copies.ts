import type { PendingIntent } from './document-storage.ts';

/** Where a browser cannot tell whether another tab is open, one that wrote so lately is taken to be. */
const youngMs = 600_000;
/** The copies of this page. */
const openCopies = new Set<string>();
const nameOf = (copy: string) => `ecoc copy ${copy}`;

/** Says to the other tabs that this copy is open, until the answered function is called or the tab ends. */
export function registerCopy(copy: string): () => void {
  openCopies.add(copy);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  // A page that came without TLS has no locks.
  void globalThis.navigator?.locks?.request(nameOf(copy), () => released).catch(() => undefined);
  return () => {
    openCopies.delete(copy);
    release();
  };
}

/**
 * The ids of those that wait in another open copy. Without a copy on the disk they are in that one alone: doing them in
 * this one as well would double them.
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
