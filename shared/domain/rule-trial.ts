import type { Finding, Verdict } from '#shared/contract/finding.ts';
import type { DataTree } from '#shared/contract/record.ts';
import type { Otherwise, RuleSettings } from '#shared/contract/rule-set.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { factsOfNewRecord, type Facts } from './facts.ts';
import { findingsOf, judge, shuts } from './judge.ts';
import { stageOf, stagesAsked } from './operating-model.ts';
import { rulesAsked } from './rule-settings.ts';
import { severityUnder } from './rule-set.ts';
import type { Rule } from './rule.ts';
import { wmiKnown } from './rules/register.ts';

/** The gate that would answer otherwise, and the rules that make the difference. */
export type Difference = Pick<Otherwise, 'stage' | 'opens' | 'rules'>;

/** The first gate that would answer otherwise of a record as it is now. Null: all answer the same. */
export function recordDifference(facts: Facts, proposed: Pick<Facts, 'settings' | 'ruleSet'>): Difference | null {
  const others = judge({ ...facts, ...proposed }).verdicts;
  const [verdict, other] = judge(facts)
    .verdicts.map((one, index) => [one, others[index]!] as const)
    .find(([one, another]) => one.open !== another.open) ?? [null, null];
  if (!verdict) return null;
  return { stage: verdict.stage, opens: other.open, rules: shutting((other.open ? verdict : other).findings) };
}

/** A move that was let pass, and the verdict it passed under. */
export interface PassedMove {
  from: StageKey;
  to: StageKey;
  verdict: Verdict;
}

/** Rules that ask by a setting: another severity alone does not say what they would have answered. */
const askBySetting: readonly Rule[] = [wmiKnown];

/** The rules a move has to be asked anew, on the data it was made with. */
export function gatesToRejudge({ from, to }: PassedMove, settings: RuleSettings): Rule[] {
  const gates = stagesAsked(from, to).map((stage) => stageOf(stage).gate);
  return askBySetting.filter(
    (rule) => severityUnder(settings, rule) === 'error' && gates.some((gate) => gate.includes(rule)),
  );
}

/**
 * What would have refused a move that passed: its own findings, as severe as the settings have them, and the rules asked
 * anew on `data`. What was waived stays waived. A move that was refused left no trace, so the other way round is unknown.
 */
export function moveDifference(move: PassedMove, settings: RuleSettings, data: DataTree | null): Difference | null {
  const anew = data ? gatesToRejudge(move, settings) : [];
  const findings = move.verdict.findings;
  const kept = findings.filter(({ rule }) => !anew.some(({ id }) => id === rule));
  const requested = anew
    .filter(({ id }) => !findings.some(({ rule, waived }) => rule === id && waived))
    .flatMap((rule) => findingsOf(rule, factsOfNewRecord({ today: '', data: data!, settings })));
  const rules = shutting([...kept.map((finding) => under(finding, settings)), ...requested]);
  if (rules.length === 0) return null;
  const stage = stagesAsked(move.from, move.to).find((key) => stageOf(key).gate.some(({ id }) => rules.includes(id)));
  return { stage: stage ?? move.to, opens: false, rules };
}

/** A finding of back then as severe as the settings have it; a rule that no gate asks any more stays as it was. */
function under(finding: Finding, settings: RuleSettings): Finding {
  const rule = rulesAsked.get(finding.rule);
  return rule ? { ...finding, severity: severityUnder(settings, rule) } : finding;
}

const shutting = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.filter(shuts).map(({ rule }) => rule)),
];
