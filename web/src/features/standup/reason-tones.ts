import type { AgendaReason } from '#shared/contract/standup.ts';

/** How a reason is coloured; its icon and its words say the same. */
export const reasonTones = {
  releaseAtRisk: 'overdue',
  blocked: 'shut',
  slow: 'stale',
  waiverEnding: 'waived',
  unowned: 'neutral',
  changed: 'neutral',
  notReached: 'neutral',
} as const satisfies Record<AgendaReason['kind'], string>;
