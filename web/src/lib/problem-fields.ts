import { issueLabel, problemDetail } from '#shared/text/problem-labels.ts';
import { ProblemError, Unreachable } from './api.ts';
import { m } from './paraglide/messages.js';

/** The errors of a form: a sentence per invalid field, by its name, and one for the whole form. */
export interface FormErrors {
  whole: string | null;
  fields: Record<string, string>;
}

export const noErrors: FormErrors = { whole: null, fields: {} };

/** Converts the error of a failed call into form errors. Rethrows an error that is not an answer of the server. */
export function formErrors(error: unknown): FormErrors {
  if (error instanceof Unreachable) return { whole: unansweredMessage(error), fields: {} };
  if (!(error instanceof ProblemError)) throw error;
  const own = (error.problem.issues ?? []).filter(({ path }) => path.startsWith('body.'));
  if (own.length === 0) return { whole: problemDetail(error.problem), fields: {} };
  return { whole: null, fields: Object.fromEntries(own.map((issue) => [issue.path.slice(5), issueLabel(issue)])) };
}

/** What to do where the outcome of a request is unknown. */
export function unansweredMessage({ problem }: Unreachable): string {
  if (problem?.type === 'too-many-requests') return problemDetail(problem);
  return problem?.requestId ? m.app_unanswered_request({ request: problem.requestId }) : m.app_unanswered();
}

/** Why something could not be loaded. */
export function loadErrorText(error: unknown): string {
  if (error instanceof Unreachable) return m.app_unreachable();
  if (error instanceof ProblemError) return problemDetail(error.problem);
  throw error;
}
