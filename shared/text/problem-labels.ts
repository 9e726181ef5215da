import type { Problem } from '#shared/contract/problem.ts';
import { texts } from './language.ts';
import { sentence } from './sentence.ts';

type Issue = NonNullable<Problem['issues']>[number];

/** The title of a problem. */
export const problemTitle = ({ type, params = {} }: Pick<Problem, 'type' | 'params'>): string =>
  texts().problems[type].title(params);

/** What is wrong, where, and what to do: the findings if there are any, otherwise the text of the problem's type. */
export function problemDetail({
  type,
  params,
  findings = [],
  issues: [first] = [],
  detail = '',
}: Pick<Problem, 'type' | 'params' | 'findings' | 'issues'> & { detail?: string }): string {
  if (findings.length > 0) return findings.map(sentence).join(' ');
  const write = texts().problems[type].detail;
  if (first) return write({ path: first.path, issue: issueLabel(first) });
  // A server of another version sent no parameters: its own sentence is displayed.
  return params === undefined && write.length > 0 && detail ? detail : write(params ?? {});
}

/** What is wrong with one field. An issue without a key comes from another version; its English message is shown. */
export const issueLabel = ({ key, params = {}, message }: Issue): string =>
  key === undefined ? message : texts().issues[key](params);
