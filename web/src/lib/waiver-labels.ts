import Ban from '@lucide/svelte/icons/ban';
import CalendarX from '@lucide/svelte/icons/calendar-x';
import Hourglass from '@lucide/svelte/icons/hourglass';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { Waiver, WaiverState } from '#shared/contract/waiver.ts';
import { m } from '#lib/paraglide/messages.js';

export const waiverStates: Record<WaiverState, () => string> = {
  proposed: m.waiver_state_proposed,
  active: m.waiver_state_active,
  refused: m.waiver_state_refused,
  expired: m.waiver_state_expired,
  revoked: m.waiver_state_revoked,
};

const marks = {
  proposed: { tone: 'accent', icon: Hourglass },
  active: { tone: 'waived', icon: ShieldCheck },
  refused: { tone: 'shut', icon: Ban },
  expired: { tone: 'neutral', icon: CalendarX },
  revoked: { tone: 'neutral', icon: Undo2 },
} as const;

/**
 * The state of a waiver as a word, an icon and a colour; a waiver that an approved extension replaces has a state of
 * its own.
 */
export function waiverMark({ state, revoked }: Pick<Waiver, 'state' | 'revoked'>) {
  if (state === 'revoked' && revoked?.why === null)
    return { says: m.waiver_state_replaced(), tone: 'neutral' as const, icon: RefreshCw };
  return { says: waiverStates[state](), ...marks[state] };
}
