import type { Finding, GateMark, Verdict } from '#shared/contract/finding.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { textAt } from './data-tree.ts';
import { dayAfter } from './day.ts';
import type { ActiveWaiver, Facts } from './facts.ts';
import { defaultModel, isForward, nextStage, stagesAsked, type OperatingModel } from './operating-model.ts';
import { fixedRules, severityUnder } from './rule-set.ts';
import type { Rule, Violation } from './rule.ts';

/** The result of judging a record against every gate: one verdict and one mark per stage, in stage order. */
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

/** Applies one rule to one record, with the organisation's severity and the waiver that covers it. */
export function findingsOf(rule: Rule, facts: Facts): Finding[] {
  const troubles = rule.check(facts);
  if (troubles.length === 0) return [];
  const severity = severityUnder(facts.settings, rule);
  const waiver = severity === 'error' ? waiverOf(rule, facts) : undefined;
  const waived = waiver && { waived: { waiver: waiver.id, until: waiver.endsOn } };
  return troubles.map((trouble) => ({ ...findingOf(rule, trouble), severity, ...waived }));
}

/** Whether a finding closes a gate. */
export function shuts({ severity, waived }: Finding): boolean {
  return severity === 'error' && !waived;
}

function waiverOf({ id }: Rule, { waivers, today }: Facts): ActiveWaiver | undefined {
  if (fixedRules.has(id)) return undefined;
  return waivers.find(({ rule, endsOn }) => rule === id && endsOn >= today);
}

/** Converts one violation of a rule to a finding. */
export function findingOf({ id, key, severity, mend }: Rule, trouble: Violation = {}): Finding {
  const { entry, params } = trouble;
  return { rule: id, key, params: params ?? {}, severity, entry: entry ?? null, mend: [...(trouble.mend ?? mend)] };
}

/**
 * Whether a gate that the record has already passed is closed now. In the last stage the certificate is issued, so the
 * gates no longer apply.
 */
export function hasRegressed(marks: readonly GateMark[], at: StageKey): boolean {
  if (nextStage(at) === null) return false;
  return marks.some(({ stage, errors }) => errors > 0 && !isForward(at, stage));
}

/**
 * The next day on which the date alone may change the judgement: an approval is granted, withdrawn or expires, a waiver
 * ends, or a day of manufacture is no longer in the future. Null if the date changes nothing.
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

/** The verdict on a move between two stages: the combined verdicts of the gates that decide it. */
export function verdictOnMove(verdicts: readonly Verdict[], from: StageKey, to: StageKey): Verdict {
  const stages = stagesAsked(from, to);
  const findings = verdicts.filter(({ stage }) => stages.includes(stage)).flatMap((verdict) => verdict.findings);
  return { stage: to, open: !findings.some(shuts), findings: distinct(findings) };
}

/**
 * Like `verdictOnMove`, but computed from the marks of a card: open or not, the first reason, and the number of further
 * reasons.
 */
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

/**
 * Progress towards the next move: what the next gate requires, plus what is violated again at the gates already passed.
 * Null in the last stage.
 */
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

/** Two gates may contain the same rule; its finding is shown once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...seen.values()];
}
