import type { AbsentDays } from '#shared/contract/absence.ts';
import type { Duty } from '#shared/contract/duty.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { dayAfter } from './day.ts';
import { stageOf } from './operating-model.ts';
import { dutyDenial } from './ownership.ts';

/** A person to whom a next action may be assigned. */
export interface Taker {
  id: string;
  duties: readonly Duty[];
  absences: readonly AbsentDays[];
}

/**
 * The part of a record that assigning its next action depends on; a card has all of it. `nextAction.due`: its due day.
 */
export type Taken = Pick<Card, 'stage' | 'editors'> & { nextAction: { due: string | null } };

/**
 * All reasons why a person may not take the next action of a record: no fitting duty (O02), own edits when it is in
 * review (O05), absent past its due day (O06). Empty: they may take it. `today`: `YYYY-MM-DD`.
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

/** The absence that covers a day, merged with absences that directly follow it; null if there is none. */
export function absentOn(absences: readonly AbsentDays[], day: string): AbsentDays | null {
  let current: AbsentDays | null = null;
  for (const absence of absences.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (!current && absence.from <= day && day <= absence.until) current = absence;
    else if (current && absence.from === dayAfter(current.until))
      current = { from: current.from, until: absence.until };
  }
  return current;
}

/**
 * The new owner of the next action when a record enters a stage: the person assigned to the stage's duty on the record;
 * null if nobody is assigned or the duty cannot be assigned on a record.
 */
export function ownerOnEntering(stage: StageKey, duties: Card['duties']): string | null {
  const { owner } = stageOf(stage);
  return owner in duties ? duties[owner as keyof Card['duties']] : null;
}

/** Maximum length of one absence, in days. */
export const maxAbsenceDays = 366;

/** M28. Checks a new absence against the existing ones; null if it is valid. */
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
