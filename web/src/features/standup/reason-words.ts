import type { StageKey } from '#shared/contract/stage.ts';
import type { AgendaReason } from '#shared/contract/standup.ts';
import { stageName } from '#shared/text/names.ts';
import { m } from '#lib/paraglide/messages.js';

type Params = AgendaReason['params'];

const stageTitle = (params: Params) => stageName(String(params['stage']) as StageKey) ?? String(params['stage']);

const words: Record<AgendaReason['kind'], (params: Params) => string> = {
  releaseAtRisk: (params) => {
    const days = Number(params['days']);
    if (days < 0) return m.standup_reason_release_late({ count: -days });
    return days === 0 ? m.standup_reason_release_today() : m.standup_reason_release_in({ count: days });
  },
  blocked: (params) => {
    const [count, cause] = [Number(params['days']), String(params['cause'])];
    return count < 1 ? m.standup_reason_blocked_today({ cause }) : m.standup_reason_blocked({ count, cause });
  },
  slow: (params) =>
    m.standup_reason_slow({
      count: Number(params['days']),
      usual: String(params['usual']),
      stage: stageTitle(params),
    }),
  waiverEnding: (params) => {
    const [count, rule] = [Number(params['days']), String(params['rule'])];
    return count < 1 ? m.standup_reason_waiver_today({ rule }) : m.standup_reason_waiver({ count, rule });
  },
  unowned: (params) => m.standup_reason_unowned({ stage: stageTitle(params) }),
  changed: (params) => m.standup_reason_changed({ count: Number(params['count']) }),
  notReached: () => m.standup_reason_not_reached(),
};

/** Why a record is on the agenda, as a sentence. */
export function reasonWords({ kind, params }: AgendaReason): string {
  return words[kind](params);
}

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
