import type { Finding, GateMark, Verdict } from '#shared/contract/finding.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { textAt } from './data-tree.ts';
import { dayAfter } from './day.ts';
import type { ActiveWaiver, Facts } from './facts.ts';
import { defaultModel, isForward, nextStage, stagesAsked, type OperatingModel } from './operating-model.ts';
import { fixedRules, severityUnder } from './rule-set.ts';
import type { Rule, Violation } from './rule.ts';

/** What every gate says of a record, one verdict and one mark per stage, in the order of the stages. */
export interface Judgement {
  verdicts: Verdict[];
  marks: GateMark[];
}

/** Judges a record against every gate. Pure: the same facts always give the same judgement. */
export function judge(facts: Facts, model: OperatingModel = defaultModel): Judgement {
  const verdicts: Verdict[] = [];
  const marks: GateMark[] = [];
  const reported = new Set<string>();
  for (const stage of model.stages) {
    const findings = stage.gate.flatMap((rule) => findingsOf(rule, facts));
    const shutting = findings.filter(shuts);
    verdicts.push({ stage: stage.key, open: shutting.length === 0, findings });
    marks.push({
      stage: stage.key,
      asks: stage.gate.reduce((sum, rule) => sum + (rule.asks?.(facts) ?? 1), 0),
      errors: shutting.length,
      repeats: shutting.filter((finding) => reported.size === reported.add(JSON.stringify(finding)).size).length,
      warnings: findings.filter(({ severity }) => severity === 'warning').length,
      waived: findings.filter(({ waived }) => waived).length,
      first: shutting[0] ?? null,
    });
  }
  return { verdicts, marks };
}

/** One rule on one record, as the organisation has set it, with the waiver that lets it pass. */
export function findingsOf(rule: Rule, facts: Facts): Finding[] {
  const troubles = rule.check(facts);
  if (troubles.length === 0) return [];
  const severity = severityUnder(facts.settings, rule);
  const waiver = severity === 'error' ? waiverOf(rule, facts) : undefined;
  const waived = waiver && { waived: { waiver: waiver.id, until: waiver.endsOn } };
  return troubles.map((trouble) => ({ ...findingOf(rule, trouble), severity, ...waived }));
}

/** Whether a finding keeps a gate shut. */
export function shuts({ severity, waived }: Finding): boolean {
  return severity === 'error' && !waived;
}

function waiverOf({ id }: Rule, { waivers, today }: Facts): ActiveWaiver | undefined {
  if (fixedRules.has(id)) return undefined;
  return waivers.find(({ rule, endsOn }) => rule === id && endsOn >= today);
}

/** The finding a rule makes of one trouble. */
export function findingOf({ id, key, severity, mend }: Rule, trouble: Violation = {}): Finding {
  const { entry, params } = trouble;
  return { rule: id, key, params: params ?? {}, severity, entry: entry ?? null, mend: [...(trouble.mend ?? mend)] };
}

/** Whether some gate the record already passed is shut now. In the last stage it is issued, and no longer has to stand. */
export function hasRegressed(marks: readonly GateMark[], at: StageKey): boolean {
  if (nextStage(at) === null) return false;
  return marks.some(({ stage, errors }) => errors > 0 && !isForward(at, stage));
}

/**
 * The next day on which the judgement may change by the date alone: an approval is granted, withdrawn or ends, a waiver
 * ends, a day of manufacture is no longer in the future. Null: the date changes nothing.
 */
export function rejudgeOn({ today, approval, waivers, data }: Facts): string | null {
  const days = [
    approval?.issuedOn,
    approval?.withdrawn?.on,
    approval?.expiresOn && dayAfter(approval.expiresOn),
    ...waivers.map(({ endsOn }) => dayAfter(endsOn)),
    textAt(data, 'CocDataGroup/DateManufactureVehicle'),
  ];
  const coming = days
    .filter(isDay)
    .filter((day) => day > today)
    .sort();
  return coming[0] ?? null;
}

const isDay = (text: string | null | undefined): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '');

/** The verdict on moving from one stage to another: the gates that decide it, together. */
export function verdictOnMove(verdicts: readonly Verdict[], from: StageKey, to: StageKey): Verdict {
  const stages = stagesAsked(from, to);
  const findings = verdicts.filter(({ stage }) => stages.includes(stage)).flatMap((verdict) => verdict.findings);
  return { stage: to, open: !findings.some(shuts), findings: distinct(findings) };
}

/** The same question, answered from what a card carries: open or shut, the first reason, and how many more there are. */
export function previewMove(
  marks: readonly GateMark[],
  from: StageKey,
  to: StageKey,
): { open: boolean; first: Finding | null; more: number } {
  const stages = stagesAsked(from, to);
  const shut = marks.filter(({ stage, errors }) => stages.includes(stage) && errors > 0);
  const errors = shut.reduce((sum, mark) => sum + mark.errors - mark.repeats, 0);
  return { open: errors === 0, first: shut[0]?.first ?? null, more: Math.max(errors - 1, 0) };
}

/** How much of what decides the next move is met: what the next gate asks, and what of the passed ones is shut again. */
export function readiness(
  marks: readonly GateMark[],
  at: StageKey,
): { next: StageKey; asks: number; met: number; open: boolean } | null {
  const next = nextStage(at);
  const mark = marks.find(({ stage }) => stage === next);
  if (!next || !mark) return null;
  const { open, more } = previewMove(marks, at, next);
  const errors = open ? 0 : more + 1;
  const met = mark.asks - mark.errors;
  return { next, asks: met + errors, met, open };
}

/** Two gates may ask the same rule; a person reads its finding once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...seen.values()];
}
