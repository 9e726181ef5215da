import type { Finding } from '#shared/contract/finding.ts';

/** A finding about how a file describes a vehicle; an error excludes it from becoming a record (I02 to I11). */
export const inputFinding = (
  rule: string,
  key: string,
  params: Finding['params'],
  severity: Finding['severity'] = 'error',
): Finding => ({
  rule,
  key,
  params,
  severity,
  entry: null,
  mend: ['lead', 'dataOwner'],
});
