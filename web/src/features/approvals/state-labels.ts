import type { ApprovalState, ApprovalSummary } from '#shared/contract/approval.ts';
import { dayLabel } from '#lib/moment-labels.ts';
import { m } from '#lib/paraglide/messages.js';

export const stateNames: Record<ApprovalState, () => string> = {
  pending: m.approvals_state_pending,
  granted: m.approvals_state_granted,
  expired: m.approvals_state_expired,
  withdrawn: m.approvals_state_withdrawn,
};

type Dated = Pick<ApprovalSummary, 'state' | 'issuedOn' | 'expiresOn' | 'withdrawn'>;

/** The days that belong to a state: `since 14 Mar 2024, until 1 Mar 2027`. */
export function stateDays({ state, issuedOn, expiresOn, withdrawn }: Dated): string {
  if (state === 'withdrawn') return m.app_on_day({ day: dayLabel(withdrawn!.on) });
  if (state === 'expired') return m.app_on_day({ day: dayLabel(expiresOn!) });
  if (state === 'pending')
    return issuedOn ? m.approvals_since_pending_day({ day: dayLabel(issuedOn) }) : m.approvals_since_pending();
  const until = [withdrawn?.on ?? [], expiresOn ?? []].flat().sort()[0];
  const since = m.app_since_day({ day: dayLabel(issuedOn!) });
  return until ? `${since}, ${m.app_until_day({ day: dayLabel(until) })}` : since;
}

/** A count with an upper limit: `1000+`. */
export const bounded = (count: number): string => (count >= 1000 ? '1000+' : `${count}`);
