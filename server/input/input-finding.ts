import type { Finding } from '#shared/contract/finding.ts';

/** Something about how a file gives a vehicle that keeps it from becoming a record (I02 to I08). */
export const inputFinding = (rule: string, key: string, params: Finding['params']): Finding => ({
  rule,
  key,
  params,
  severity: 'error',
  entry: null,
  mend: ['lead', 'dataOwner'],
});
