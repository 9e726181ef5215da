import type { Facts } from '../facts.ts';
import { ok, violation, type Rule, type Violation } from '../rule.ts';

function open(exceptions: Facts['exceptions']): readonly Violation[] {
  const [first, ...others] = exceptions;
  return first ? violation({ params: { cause: first.cause, more: others.length } }) : ok;
}

/** P08. An exception that blocks review or an earlier stage keeps a record out of review. */
export const noExceptionBeforeReview: Rule = {
  id: 'P08',
  key: 'exception.open',
  severity: 'error',
  mend: ['lead', 'dataOwner', 'reviewer'],
  check: ({ exceptions }) => open(exceptions.filter(({ blocks }) => ['intake', 'data', 'review'].includes(blocks))),
};

/** P09. From output on, no exception may be open. */
export const noExceptionBeforeOutput: Rule = {
  id: 'P09',
  key: 'exception.open',
  severity: 'error',
  mend: ['lead', 'dataOwner', 'reviewer'],
  check: ({ exceptions }) => open(exceptions),
};
