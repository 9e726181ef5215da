import type { Finding } from '#shared/contract/finding.ts';
import { problemDetail } from '#shared/text/problem-labels.ts';
import { ProblemError, Unreachable } from '#lib/api.ts';
import { m } from '#lib/paraglide/messages.js';
import { unansweredMessage } from '#lib/problem-fields.ts';

/** Why a command failed, as the page shows it. Anything but `stale` can be retried. */
export type RequestRefusal =
  | { kind: 'refused'; findings: readonly Finding[]; says: string }
  | { kind: 'stale'; says: string; current: unknown }
  | { kind: 'failed'; says: string; /** The answer is lost. */ unknown?: true };

/** Converts the error of a failed call into a refusal. */
export function refusalOf(error: unknown): RequestRefusal {
  if (error instanceof Unreachable) return { kind: 'failed', says: unansweredMessage(error), unknown: true };
  if (!(error instanceof ProblemError)) return { kind: 'failed', says: m.app_error_text() };
  const { type, findings, current } = error.problem;
  const says = problemDetail(error.problem);
  if (type === 'stale') return { kind: 'stale', says, current };
  return findings ? { kind: 'refused', findings, says } : { kind: 'failed', says };
}

/** Whether the outcome is unknown. */
export const isUnknown = (refusal: RequestRefusal | null): boolean =>
  refusal?.kind === 'failed' && refusal.unknown === true;
