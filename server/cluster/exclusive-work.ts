import { setTimeout } from 'node:timers/promises';
import type { MessageBus } from './message-bus.ts';
import type { ClusterPresence } from './presence.ts';

/** Long work that only one process does at a time, although every process could do it. */
export interface ExclusiveWork {
  /** Runs the work unless it is already in progress, here or on another process. Returns whether it ran. */
  runExclusive(id: string, run: () => Promise<unknown>): Promise<boolean>;
}

/** Milliseconds to wait for a claim that another process made at the same time. */
const claimSettleMs = 300;
const room = 'work';

/**
 * `bus` null: this process is the only one. While the bus is disconnected, two processes may do the same work. Every
 * kind of work is idempotent: doing it twice only takes twice as long and reports its progress twice.
 */
export function openExclusiveWork(clusterPresence: ClusterPresence, bus: MessageBus | null): ExclusiveWork {
  const own = bus?.instanceId ?? null;
  const at = new Set<string>();
  const settled = own === null ? null : setTimeout(claimSettleMs);
  const others = (id: string) => clusterPresence.remote(room).filter(({ key }) => key === id);

  async function claim(id: string): Promise<boolean> {
    if (own === null || bus?.isAlone()) return true;
    await settled;
    if (others(id).length > 0) return false;
    clusterPresence.set(room, id, true);
    await setTimeout(claimSettleMs);
    return others(id).every(({ process }) => process > own);
  }

  return {
    async runExclusive(id, run) {
      if (at.has(id)) return false;
      at.add(id);
      try {
        const ours = await claim(id);
        if (ours) await run();
        return ours;
      } finally {
        at.delete(id);
        if (own !== null) clusterPresence.set(room, id, null);
      }
    },
  };
}
