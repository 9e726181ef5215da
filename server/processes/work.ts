import { setTimeout } from 'node:timers/promises';
import type { Line } from './line.ts';
import type { Attendance } from './attendance.ts';

/** Long work that one process does, while others could take it up as well. */
export interface Work {
  /** Runs it, unless somebody is at it already, here or on another process; answers whether it ran. */
  alone(id: string, run: () => Promise<unknown>): Promise<boolean>;
}

/** Until what another process said the same moment is heard, in milliseconds. */
const hearing = 300;
const room = 'work';

/**
 * `line` null: this process is the only one. While the line is down two may do the same: each kind of work
 * stands being done twice, it only takes twice as long and tells its progress twice.
 */
export function workOver(attendance: Attendance, line: Line | null): Work {
  const own = line?.own ?? null;
  const at = new Set<string>();
  const listened = own === null ? null : setTimeout(hearing);
  const others = (id: string) => attendance.elsewhere(room).filter(({ key }) => key === id);

  async function mine(id: string): Promise<boolean> {
    if (own === null || line?.alone()) return true;
    await listened;
    if (others(id).length > 0) return false;
    attendance.say(room, id, true);
    await setTimeout(hearing);
    return others(id).every(({ process }) => process > own);
  }

  return {
    async alone(id, run) {
      if (at.has(id)) return false;
      at.add(id);
      try {
        const ours = await mine(id);
        if (ours) await run();
        return ours;
      } finally {
        at.delete(id);
        if (own !== null) attendance.say(room, id, null);
      }
    },
  };
}
