import type { Problem } from '#shared/contract/problem.ts';
import { texts } from './language.ts';
import { sentence } from './sentence.ts';

type Issue = NonNullable<Problem['issues']>[number];

/** The title of a problem. */
export const problemTitle = ({ type, params = {} }: Pick<Problem, 'type' | 'params'>): string =>
  texts().problems[type].title(params);

/** What is wrong, where, and what to do: the findings where there are any, otherwise what its type says. */
export function problemDetail({
  type,
  params = {},
  findings = [],
  issues: [first] = [],
}: Pick<Problem, 'type' | 'params' | 'findings' | 'issues'>): string {
  if (findings.length > 0) return findings.map(sentence).join(' ');
  return texts().problems[type].detail(first ? { path: first.path, issue: issueLabel(first) } : params);
}

/** What is wrong with one field. An issue without a key is of another version: what came in English is shown. */
export const issueLabel = ({ key, params = {}, message }: Issue): string =>
  key === undefined ? message : texts().issues[key](params);
