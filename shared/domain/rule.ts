import type { Duty } from '#shared/contract/duty.ts';
import type { Severity } from '#shared/contract/finding.ts';
import type { Facts } from './facts.ts';
import type { FindingKey } from '#shared/text/texts.ts';

/** One violation of a rule. `entry` is a catalogue key. */
export interface Violation {
  entry?: string;
  params?: Record<string, string | number>;
  /** The duties whose holders can fix it, if they differ from those of the rule. */
  mend?: readonly Duty[];
}

/**
 * A pure check of one record. A rule does not depend on stages: the operating model assigns it to gates. Its id is
 * listed in SPEC.md, never changes its meaning and is never reused.
 */
export interface Rule {
  id: string;
  key: FindingKey;
  severity: Severity;
  /** The duties whose holders can fix a violation. */
  mend: readonly Duty[];
  /** Number of requirements that it checks on this record; default: one. */
  asks?(facts: Facts): number;
  check(facts: Facts): readonly Violation[];
}

export const ok: readonly Violation[] = [];
export const violation = (details: Violation = {}): readonly Violation[] => [details];

/** Quotes a value for a finding; only its first 80 characters if it is longer. */
export const quote = (value: string): string => (value.length > 80 ? `${value.slice(0, 80)}…` : value);
