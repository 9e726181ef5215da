import type { StandupOutcome } from '#shared/contract/standup.ts';
import { dayLabel } from '#lib/moment-labels.ts';
import { m } from '#lib/paraglide/messages.js';

export type OutcomeKind = StandupOutcome['kind'];

/** The labels of the outcomes, in the order of their shortcuts. */
export const outcomeNames: Record<OutcomeKind, () => string> = {
  nextAction: m.record_next_action,
  releaseDate: m.standup_outcome_release,
  exception: m.standup_outcome_exception,
  escalated: m.standup_outcome_escalated,
  nothing: m.standup_did_nothing,
};

export const outcomeKeys: Record<OutcomeKind, string> = {
  nextAction: 'n',
  releaseDate: 'd',
  exception: 'e',
  escalated: 's',
  nothing: '0',
};

/** A decided outcome, in one line. */
export function outcomeLabel(outcome: StandupOutcome, personName: (id: string) => string): string {
  const label = sayings[outcome.kind](outcome, personName);
  const until = outcome.kind !== 'releaseDate' && outcome.due && m.app_until_day({ day: dayLabel(outcome.due) });
  return until ? `${label}, ${until}` : label;
}

const sayings: Record<OutcomeKind, (outcome: StandupOutcome, personName: (id: string) => string) => string> = {
  nextAction: ({ owner, note }, personName) => {
    if (owner && note) return m.standup_did_next({ name: personName(owner), what: note });
    if (owner) return m.standup_did_next_plain({ name: personName(owner) });
    return note ? m.standup_did_next_nobody({ what: note }) : m.standup_did_next_nobody_plain();
  },
  releaseDate: ({ due }) => (due ? m.standup_did_release({ day: dayLabel(due) }) : m.standup_did_release_none()),
  exception: ({ note }) => m.standup_did_exception({ what: note ?? '' }),
  escalated: ({ note }) => m.standup_did_escalated({ what: note ?? '' }),
  nothing: ({ note }) => (note ? m.standup_did_nothing_note({ what: note }) : m.standup_did_nothing()),
};
