import type { AgendaReason } from '#shared/contract/standup.ts';

/** The colour of a reason; its icon and text state the same. */
export const reasonTones = {
  releaseAtRisk: 'overdue',
  blocked: 'shut',
  slow: 'stale',
  waiverEnding: 'waived',
  unowned: 'neutral',
  changed: 'neutral',
  notReached: 'neutral',
} as const satisfies Record<AgendaReason['kind'], string>;
