import type { RecordDuty } from '#shared/contract/duty.ts';
import { ok, violation, type Rule } from '../rule.ts';
import type { FindingKey } from '#shared/text/texts.ts';

const assigned = (id: string, key: FindingKey, duty: RecordDuty): Rule => ({
  id,
  key,
  severity: 'error',
  mend: ['lead'],
  check: ({ duties }) => (duties[duty] === null ? violation() : ok),
});

/** P02. Somebody is responsible for the data before work on it begins. */
export const dataOwnerAssigned = assigned('P02', 'duty.dataOwner', 'dataOwner');

/** P03. A review needs a reviewer. */
export const reviewerAssigned = assigned('P03', 'duty.reviewer', 'reviewer');

/** P05. Signing needs a signatory. */
export const signatoryAssigned = assigned('P05', 'duty.signatory', 'signatory');

/** P04. Nobody reviews data for which they are responsible. */
export const reviewerNotDataOwner: Rule = {
  id: 'P04',
  key: 'duty.reviewerNotDataOwner',
  severity: 'error',
  mend: ['lead'],
  check: ({ duties }) => (duties.reviewer !== null && duties.reviewer === duties.dataOwner ? violation() : ok),
};
