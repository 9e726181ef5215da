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

/** A gate whose verdict would differ, and the rules that cause the difference. */
export type Difference = Pick<Otherwise, 'stage' | 'opens' | 'rules'>;

/** The first gate whose verdict on the current record would differ. Null if all verdicts are the same. */
export function recordDifference(facts: Facts, proposed: Pick<Facts, 'settings' | 'ruleSet'>): Difference | null {
  const others = judge({ ...facts, ...proposed }).verdicts;
  const [verdict, other] = judge(facts)
    .verdicts.map((one, index) => [one, others[index]!] as const)
    .find(([one, another]) => one.open !== another.open) ?? [null, null];
  if (!verdict) return null;
  return { stage: verdict.stage, opens: other.open, rules: shutting((other.open ? verdict : other).findings) };
}

/** A move that was allowed, and its verdict. */
export interface PassedMove {
  from: StageKey;
  to: StageKey;
  verdict: Verdict;
}

/** Rules that depend on a setting: with another severity alone, their result cannot be derived. */
const askBySetting: readonly Rule[] = [wmiKnown];

/** The rules that must be checked again for a move, on the data of that moment. */
export function gatesToRejudge({ from, to }: PassedMove, settings: RuleSettings): Rule[] {
  const gates = stagesAsked(from, to).map((stage) => stageOf(stage).gate);
  return askBySetting.filter(
    (rule) => severityUnder(settings, rule) === 'error' && gates.some((gate) => gate.includes(rule)),
  );
}

/**
 * Why a move that passed would have been refused: its own findings with the severities of the settings, plus the rules
 * that are checked again on `data`. Waived findings stay waived. Refused moves leave no event, so the opposite case is
 * unknown. Null if the move would still pass.
 */
export function moveDifference(move: PassedMove, settings: RuleSettings, data: DataTree | null): Difference | null {
  const toRejudge = data ? gatesToRejudge(move, settings) : [];
  const findings = move.verdict.findings;
  const kept = findings.filter(({ rule }) => !toRejudge.some(({ id }) => id === rule));
  const requested = toRejudge
    .filter(({ id }) => !findings.some(({ rule, waived }) => rule === id && waived))
    .flatMap((rule) => findingsOf(rule, factsOfNewRecord({ today: '', data: data!, settings })));
  const rules = shutting([...kept.map((finding) => under(finding, settings)), ...requested]);
  if (rules.length === 0) return null;
  const stage = stagesAsked(move.from, move.to).find((key) => stageOf(key).gate.some(({ id }) => rules.includes(id)));
  return { stage: stage ?? move.to, opens: false, rules };
}

/** A past finding with its severity under the settings; a rule that no gate contains any more keeps its severity. */
function under(finding: Finding, settings: RuleSettings): Finding {
  const rule = rulesAsked.get(finding.rule);
  return rule ? { ...finding, severity: severityUnder(settings, rule) } : finding;
}

const shutting = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.filter(shuts).map(({ rule }) => rule)),
];
