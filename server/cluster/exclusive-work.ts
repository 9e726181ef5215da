import { setTimeout } from 'node:timers/promises';
import type { MessageBus } from './message-bus.ts';
import type { ClusterPresence } from './presence.ts';

/** Long work that one process does, while others could take it up as well. */
export interface ExclusiveWork {
  /** Runs it, unless somebody is at it already, here or on another process; answers whether it ran. */
  runExclusive(id: string, run: () => Promise<unknown>): Promise<boolean>;
}

/** Until what another process said the same moment is heard, in milliseconds. */
const claimSettleMs = 300;
const room = 'work';

/**
 * `line` null: this process is the only one. While the line is down two may do the same: each kind of work
 * stands being done twice, it only takes twice as long and tells its progress twice.
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
