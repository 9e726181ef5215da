import type { Finding } from '#shared/contract/finding.ts';
import type { RuleSettings } from '#shared/contract/rule-set.ts';
import { dayAfter } from './day.ts';
import { defaultModel } from './operating-model.ts';
import { fixedRules } from './rule-set.ts';

/** Whether the rule can be waived: a gate contains it, and it is not fixed by law or by the product. */
export function isWaivable(rule: string): boolean {
  return !fixedRules.has(rule) && defaultModel.stages.some(({ gate }) => gate.some(({ id }) => id === rule));
}

/** The latest possible last day of a waiver that is proposed or approved today. */
export const latestEnd = (today: string, { waiverDays }: Pick<RuleSettings, 'waiverDays'>): string =>
  dayAfter(today, waiverDays);

/** M10. */
export function waiverDenial(rule: string): Finding | null {
  if (isWaivable(rule)) return null;
  return refusal('M10', 'waiver.rule', { rule, why: fixedRules.has(rule) ? 'fixed' : 'unknown' });
}

/** M11. Checked when a waiver is proposed, and again when it is approved. */
export function waiverEndDenial(
  endsOn: string,
  today: string,
  settings: Pick<RuleSettings, 'waiverDays'>,
): Finding | null {
  const latest = latestEnd(today, settings);
  if (endsOn >= today && endsOn <= latest) return null;
  return refusal('M11', 'waiver.end', { endsOn, latest, why: endsOn < today ? 'past' : 'late' });
}

/** M12. */
export const alreadyProposed = (rule: string): Finding => refusal('M12', 'waiver.proposed', { rule });

/** M13. */
export const alreadyActive = (rule: string, endsOn: string): Finding =>
  refusal('M13', 'waiver.active', { rule, endsOn });

/** M14. Four-eyes principle: nobody approves their own request. */
export const ownRequest: Finding = refusal('M14', 'waiver.fourEyes', {});

/** M15. */
export const notLater = (endsOn: string): Finding => refusal('M15', 'waiver.later', { endsOn });

/** M16. */
export const nothingToPass = (rule: string): Finding => refusal('M16', 'waiver.needless', { rule });

function refusal(rule: string, key: string, params: Finding['params']): Finding {
  return { rule, key, params, severity: 'error', entry: null, mend: [] };
}
