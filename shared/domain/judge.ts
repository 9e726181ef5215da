import type { Finding, GateMark, Verdict } from '#shared/contract/finding.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Facts } from './facts.ts';
import { defaultModel, stagesEntered, type OperatingModel } from './operating-model.ts';
import type { Rule, Trouble } from './rule.ts';

/** What every gate says of a record, one verdict and one mark per stage, in the order of the stages. */
export interface Judgement {
  verdicts: Verdict[];
  marks: GateMark[];
}

/** Judges a record against every gate. Pure: the same facts always give the same judgement. */
export function judge(facts: Facts, model: OperatingModel = defaultModel): Judgement {
  const verdicts: Verdict[] = [];
  const marks: GateMark[] = [];
  for (const stage of model.stages) {
    const findings = stage.gate.flatMap((rule) => findingsOf(rule, facts));
    const errors = findings.filter(({ severity }) => severity === 'error');
    verdicts.push({ stage: stage.key, open: errors.length === 0, findings });
    marks.push({
      stage: stage.key,
      asks: stage.gate.reduce((sum, rule) => sum + (rule.asks?.(facts) ?? 1), 0),
      errors: errors.length,
      warnings: findings.filter(({ severity }) => severity === 'warning').length,
      first: errors[0] ?? null,
    });
  }
  return { verdicts, marks };
}

/** One rule on one record. */
export function findingsOf(rule: Rule, facts: Facts): Finding[] {
  return rule.check(facts).map((trouble) => findingOf(rule, trouble));
}

/** The finding a rule makes of one trouble. */
export function findingOf({ id, key, severity, mend }: Rule, { entry, params }: Trouble = {}): Finding {
  return { rule: id, key, params: params ?? {}, severity, entry: entry ?? null, mend: [...mend] };
}

/** The verdict on moving from one stage to another: the gates of every stage entered on the way, together. */
export function verdictOnMove(verdicts: readonly Verdict[], from: StageKey, to: StageKey): Verdict {
  const entered = stagesEntered(from, to);
  const findings = verdicts.filter(({ stage }) => entered.includes(stage)).flatMap((verdict) => verdict.findings);
  return { stage: to, open: !findings.some(({ severity }) => severity === 'error'), findings: distinct(findings) };
}

/** The same question, answered from what a card carries: open or shut, the first reason, and how many more there are. */
export function previewMove(
  marks: readonly GateMark[],
  from: StageKey,
  to: StageKey,
): { open: boolean; first: Finding | null; more: number } {
  const entered = stagesEntered(from, to);
  const shut = marks.filter(({ stage, errors }) => entered.includes(stage) && errors > 0);
  const errors = shut.reduce((sum, mark) => sum + mark.errors, 0);
  return { open: errors === 0, first: shut[0]?.first ?? null, more: Math.max(errors - 1, 0) };
}

/** Two gates may ask the same rule; a person reads its finding once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...seen.values()];
}
