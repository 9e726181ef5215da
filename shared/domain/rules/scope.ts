import { ok, violation, type Rule } from '../rule.ts';

/** P01. No record enters the board of a closed scope. */
export const scopeOpen: Rule = {
  id: 'P01',
  key: 'scope.open',
  severity: 'error',
  mend: ['lead'],
  check: ({ scope }) => (scope.state === 'closed' ? violation() : ok),
};
