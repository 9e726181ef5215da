import type { Duty } from '#shared/contract/duty.ts';
import type { Severity } from '#shared/contract/finding.ts';
import type { Facts } from './facts.ts';
import type { FindingKey } from '#shared/text/texts.ts';

/** One thing that is wrong. `entry` is a catalogue key. */
export interface Violation {
  entry?: string;
  params?: Record<string, string | number>;
  /** The duties whose holders can fix it, where that is not who the rule names. */
  mend?: readonly Duty[];
}

/**
 * A pure check of one record. It knows no stages: which gate asks it is the operating model's business.
 * Its id stands in SPEC.md, never changes its meaning and never returns for another rule.
 */
export interface Rule {
  id: string;
  key: FindingKey;
  severity: Severity;
  /** The duties whose holders can mend it. */
  mend: readonly Duty[];
  /** How many things it asks of this record; left out: one. */
  asks?(facts: Facts): number;
  check(facts: Facts): readonly Violation[];
}

export const ok: readonly Violation[] = [];
export const violation = (details: Violation = {}): readonly Violation[] => [details];

/** A finding quotes a value; past 80 characters it quotes its beginning. */
export const quote = (value: string): string => (value.length > 80 ? `${value.slice(0, 80)}…` : value);
