import type { AbsentDays } from '#shared/contract/absence.ts';
import type { Duty } from '#shared/contract/duty.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { dayAfter } from './day.ts';
import { stageOf } from './operating-model.ts';
import { dutyDenial } from './ownership.ts';

/** Somebody a next action may be handed to. */
export interface Taker {
  id: string;
  duties: readonly Duty[];
  absences: readonly AbsentDays[];
}

/** What taking a next action looks at on a record; a card has it all. `nextAction.due`: the day it is to be done by. */
export type Taken = Pick<Card, 'stage' | 'editors'> & { nextAction: { due: string | null } };

/**
 * Everything against a person taking the next action of a record: no fitting duty (O02), their own edits at its review
 * (O05), away until after its day (O06). Empty: they may. `today`: `YYYY-MM-DD`.
 */
export function assignmentDenials(record: Taken, person: Taker, today: string): Finding[] {
  const { owner } = stageOf(record.stage);
  const unfit = person.duties.includes('lead') ? null : dutyDenial(owner, person);
  const edited = record.stage === 'review' && record.editors.includes(person.id);
  const away = absentOn(person.absences, today);
  const back = away && dayAfter(away.until);
  return [
    ...(unfit ? [unfit] : []),
    ...(edited ? [finding('O05', 'act.fourEyes', {})] : []),
    ...(back && back > (record.nextAction.due ?? today)
      ? [finding('O06', 'act.absent', { until: away.until, back })]
      : []),
  ];
}

/** The absence that covers a day; what follows it without a day between belongs to it. */
export function absentOn(absences: readonly AbsentDays[], day: string): AbsentDays | null {
  let current: AbsentDays | null = null;
  for (const absence of absences.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (!current && absence.from <= day && day <= absence.until) current = absence;
    else if (current && absence.from === dayAfter(current.until))
      current = { from: current.from, until: absence.until };
  }
  return current;
}

/** Who owns the next action of a record that enters a stage: the holder of the duty whose turn it is, where it is one of a record. */
export function ownerOnEntering(stage: StageKey, duties: Card['duties']): string | null {
  const { owner } = stageOf(stage);
  return owner in duties ? duties[owner as keyof Card['duties']] : null;
}

/** The longest absence that is recorded at once, in days. */
export const maxAbsenceDays = 366;

/** M28. What is wrong with an absence beside those that are recorded; null: nothing. */
export function absenceDenial(
  { from, until }: AbsentDays,
  others: readonly AbsentDays[],
  today: string,
): Finding | null {
  const trouble = (why: string, params: Record<string, string> = {}) =>
    finding('M28', 'absence.days', { why, ...params });
  if (until < from) return trouble('order');
  if (until < today) return trouble('over');
  if (until >= dayAfter(from, maxAbsenceDays)) return trouble('long');
  const overlaps = others.find((other) => other.from <= until && from <= other.until);
  return overlaps ? trouble('overlaps', { from: overlaps.from, until: overlaps.until }) : null;
}

function finding(rule: string, key: string, params: Record<string, string>): Finding {
  return { rule, key, params, severity: 'error', entry: null, mend: ['lead'] };
}
