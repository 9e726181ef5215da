import type { ExceptionKind, ExceptionSeverity } from '#shared/contract/exception.ts';
import type { Finding } from '#shared/contract/finding.ts';

/** Most severe first. */
export const severitiesByWeight: readonly ExceptionSeverity[] = ['critical', 'major', 'minor'];

const kindOfSubject: Partial<Record<string, ExceptionKind>> = {
  entry: 'missingData',
  duty: 'missingData',
  approval: 'approvalGap',
  review: 'validation',
  checklist: 'validation',
  signatory: 'signing',
};

/**
 * The kind of exception to raise for a finding, from the first part of its key. A finding about an entry defaults to
 * `contradiction`.
 */
export function kindOfFinding({ key, entry }: Pick<Finding, 'key' | 'entry'>): ExceptionKind {
  if (key === 'entry.format') return 'format';
  return kindOfSubject[key.split('.')[0]!] ?? (entry === null ? 'other' : 'contradiction');
}

export const severityOfFinding = ({ severity }: Pick<Finding, 'severity'>): ExceptionSeverity =>
  severity === 'error' ? 'major' : 'minor';

/** M25. */
export const openAlready: Finding = refusal('M25', 'exception.again', {});

/** M26. */
export const noSuchFinding = (rule: string): Finding => refusal('M26', 'exception.finding', { rule });

function refusal(rule: string, key: string, params: Finding['params']): Finding {
  return { rule, key, params, severity: 'error', entry: null, mend: [] };
}
