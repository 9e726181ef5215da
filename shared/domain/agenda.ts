import type { ExceptionSeverity } from '#shared/contract/exception.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { AgendaReason } from '#shared/contract/standup.ts';
import { stageKeys } from './operating-model.ts';

/** A release is at risk if at most this many days are left per stage up to delivery. */
export const daysPerStage = 2;
/** A waiver is on the agenda from this many days before its last day. */
export const waiverEndsWithin = 7;
/** Minimum number of stays to derive a typical duration. */
const staysNeeded = 5;
export const agendaLimit = 300;

const dayLength = 86_400_000;

/** The input of the agenda for one record outside the archive. */
export interface AgendaFacts {
  id: string;
  stage: StageKey;
  stageSince: Date;
  releaseOn: string | null;
  owner: string | null;
  /** Open exceptions only. */
  exceptions: readonly { severity: ExceptionSeverity; since: Date; cause: string }[];
  /** Active waivers only. */
  waivers: readonly { rule: string; endsOn: string }[];
  /** Number of events of the record since the last standup, reorders excluded; 0 if there was no standup before. */
  changed: number;
  /** Its position on the last agenda if it was not reached then; otherwise null. */
  notReachedAt: number | null;
}

export interface AgendaItem {
  id: string;
  reasons: AgendaReason[];
}

/** How long a record stayed in a stage that it has left, in days. */
export interface Stay {
  stage: StageKey;
  days: number;
}

/** The 85th percentile of the stays in each stage, in days. Stages with too few stays are omitted. */
export function typicalStays(stays: readonly Stay[]): Partial<Record<StageKey, number>> {
  const usual: Partial<Record<StageKey, number>> = {};
  for (const [stage, those] of Object.entries(Object.groupBy(stays, (stay) => stay.stage))) {
    if (those.length < staysNeeded) continue;
    const days = those.map((stay) => stay.days).sort((a, b) => a - b);
    usual[stage as StageKey] = days[Math.ceil(days.length * 0.85) - 1]!;
  }
  return usual;
}

/** The number of days before its release day from which a record in this stage is at risk; null: never. */
export function releaseMargin(stage: StageKey): number | null {
  const left = stageKeys.indexOf('delivery') - stageKeys.indexOf(stage);
  return left > 0 ? left * daysPerStage : null;
}

/** Why a record is on the agenda; `weight` ranks it among reasons of the same kind. */
interface ScoredReason {
  reason: AgendaReason;
  weight: number;
}

/** Leftover records come first, then the most severe reasons. */
const order: readonly AgendaReason['kind'][] = [
  'notReached',
  'releaseAtRisk',
  'blocked',
  'slow',
  'waiverEnding',
  'unowned',
  'changed',
];
const severities: readonly ExceptionSeverity[] = ['minor', 'major', 'critical'];

/**
 * The agenda of a standup: each record that has a reason, once, with all its reasons; most severe first. `usual`: see
 * `typicalStays`; a stay of less than a day never counts as slow.
 */
export function agenda(
  records: readonly AgendaFacts[],
  { now, today, usual }: { now: Date; today: string; usual: Partial<Record<StageKey, number>> },
): AgendaItem[] {
  return records
    .filter(({ stage }) => stage !== 'archive')
    .map((record) => ({ id: record.id, why: reasonsOf(record, { now, today, usual }) }))
    .filter(({ why }) => why.length > 0)
    .sort((a, b) => compare(a.why, b.why) || (a.id < b.id ? -1 : 1))
    .slice(0, agendaLimit)
    .map(({ id, why }) => ({ id, reasons: why.map(({ reason }) => reason) }));
}

function compare(a: readonly ScoredReason[], b: readonly ScoredReason[]): number {
  const place = (why: readonly ScoredReason[]) => order.indexOf(why[0]!.reason.kind);
  return place(a) - place(b) || b[0]!.weight - a[0]!.weight || b.length - a.length;
}

function reasonsOf(
  record: AgendaFacts,
  { now, today, usual }: { now: Date; today: string; usual: Partial<Record<StageKey, number>> },
): ScoredReason[] {
  const scored = [
    carriedOver(record),
    release(record, today),
    blocked(record, now),
    slow(record, now, usual[record.stage]),
    waiver(record, today),
    record.owner === null ? weigh('unowned', { stage: record.stage }, -record.stageSince.getTime()) : null,
    record.changed > 0 ? weigh('changed', { count: record.changed }, record.changed) : null,
  ];
  return scored.filter((one) => one !== null);
}

const weigh = (kind: AgendaReason['kind'], params: AgendaReason['params'], weight: number): ScoredReason => ({
  reason: { kind, params },
  weight,
});

function carriedOver({ notReachedAt }: AgendaFacts): ScoredReason | null {
  return notReachedAt === null ? null : weigh('notReached', {}, -notReachedAt);
}

function release({ stage, releaseOn }: AgendaFacts, today: string): ScoredReason | null {
  const margin = releaseMargin(stage);
  if (releaseOn === null || margin === null) return null;
  const days = daysUntil(releaseOn, today);
  return days <= margin ? weigh('releaseAtRisk', { days }, -days) : null;
}

function blocked({ exceptions }: AgendaFacts, now: Date): ScoredReason | null {
  const [worst] = [...exceptions].sort(
    (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity) || a.since.getTime() - b.since.getTime(),
  );
  if (!worst) return null;
  const age = now.getTime() - worst.since.getTime();
  const params = { days: Math.floor(age / dayLength), cause: worst.cause, severity: worst.severity };
  // Severity always outweighs age: one step is more than a century in milliseconds.
  return weigh('blocked', params, severities.indexOf(worst.severity) * 1e13 + age);
}

function slow({ stage, stageSince }: AgendaFacts, now: Date, usual: number | undefined): ScoredReason | null {
  const days = (now.getTime() - stageSince.getTime()) / dayLength;
  if (usual === undefined || days < 1 || days <= usual) return null;
  return weigh('slow', { days: Math.floor(days), usual: Math.round(usual * 10) / 10, stage }, days - usual);
}

function waiver({ waivers }: AgendaFacts, today: string): ScoredReason | null {
  const [first] = waivers
    .map(({ rule, endsOn }) => ({ rule, days: daysUntil(endsOn, today) }))
    .filter(({ days }) => days >= 0 && days <= waiverEndsWithin)
    .sort((a, b) => a.days - b.days || (a.rule < b.rule ? -1 : 1));
  return first ? weigh('waiverEnding', { days: first.days, rule: first.rule }, -first.days) : null;
}

const daysUntil = (day: string, today: string) => Math.round((Date.parse(day) - Date.parse(today)) / dayLength);
