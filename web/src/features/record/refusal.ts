import type { Finding } from '#shared/contract/finding.ts';
import { ProblemError } from '#lib/api.ts';
import { m } from '#lib/paraglide/messages.js';

/** Why something was not done, as the page shows it. Anything but `stale` may simply be tried again. */
export type Refusal =
  | { kind: 'refused'; findings: readonly Finding[]; says: string }
  | { kind: 'stale'; says: string; current: unknown }
  | { kind: 'failed'; says: string };

/** What the server, or the lack of one, said. */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ProblemError)) return { kind: 'failed', says: m.record_unreachable() };
  const { type, detail, findings, current } = error.problem;
  if (type === 'stale') return { kind: 'stale', says: detail, current };
  return findings ? { kind: 'refused', findings, says: detail } : { kind: 'failed', says: detail };
}
