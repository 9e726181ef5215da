import type { Card } from '#shared/contract/record.ts';
import { readiness } from '#shared/domain/judge.ts';
import { isForward, nextStage } from '#shared/domain/operating-model.ts';
import { sentence } from '#shared/text/sentence.ts';
import { stageName } from '#shared/text/names.ts';
import { shortDayLabel } from '#lib/moment-labels.ts';
import { m } from '#lib/paraglide/messages.js';
import { reviewMark } from './review-mark.ts';

const reviewRule = 'P06';
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `NORDHAVN FJORD E`; the type where the make is unknown. */
export function titleOf({ make, commercialName, type }: Card): string {
  return [make, commercialName].filter(Boolean).join(' ') || type || m.board_card_no_type();
}

/** `FJ1 / FJ1XB / 12`: type, variant and version; empty where all are unknown. */
export function typeOf({ type, variant, typeVersion }: Card): string {
  return type || variant || typeVersion ? [type, variant, typeVersion].map((part) => part ?? '–').join(' / ') : '';
}

/** The end of a VIN differs within a series. */
export const vinTail = ({ vin }: Card): string | null => vin && vin.slice(-8);

/** How many requirements of its next gate a card meets; null in the last stage. */
export function readinessOf({ stage, gates }: Card) {
  const ready = readiness(gates, stage);
  return ready && { ...ready, next: stageName(ready.next) };
}

/** The gate that requires the vehicle data. */
const dataGate = 'review';

/**
 * What the data gate will still require, for a record that has not reached Data yet: most of the work is behind the
 * gate after the next one. Such a record meets 7 of 8 requirements of its next gate while 59 entries are missing. Null
 * where the next gate is sufficient.
 */
export function laterOf({ stage, gates }: Pick<Card, 'stage' | 'gates'>): { count: number; stage: string } | null {
  if (nextStage(stage) === dataGate || !isForward(stage, dataGate)) return null;
  const mark = gates.find((gate) => gate.stage === dataGate);
  const askCount = gates.find((gate) => gate.stage === nextStage(stage))?.asks ?? 0;
  const count = mark ? mark.errors - mark.repeats : 0;
  return count > askCount ? { count, stage: stageName(dataGate) } : null;
}

/** `24 Nov`, and whether that day has passed. `today`: `YYYY-MM-DD` in the organisation. */
export function dueOf(
  { nextAction: { due } }: Card,
  today: string,
): { words: string; late: boolean; today: boolean } | null {
  if (!due) return null;
  return { words: shortDayLabel(due, today), late: due < today, today: due === today };
}

/** `3 d`: how long a card has been in its stage. `now` in milliseconds. */
export function ageOf({ stageSince }: Card, now: number): string {
  const age = now - Date.parse(stageSince);
  if (age < minute) return m.board_age_now();
  if (age < hour) return m.app_minutes({ count: Math.floor(age / minute) });
  if (age < day) return m.app_hours({ count: Math.floor(age / hour) });
  if (age < 21 * day) return m.app_days({ count: Math.floor(age / day) });
  return m.board_age_weeks({ count: Math.floor(age / (7 * day)) });
}

/** The text of a card for screen readers. */
export function cardAnnouncement(card: Card, owner: string | undefined, today: string): string {
  const readiness = readinessOf(card);
  const later = laterOf(card);
  const due = dueOf(card, today);
  const parts = [
    card.reference,
    titleOf(card),
    vinTail(card) ? m.board_card_vin({ tail: vinTail(card)! }) : m.app_vin_missing(),
    card.blocked.count > 0 && `${m.app_blocked()}: ${blockedLabel(card)}`,
    regressionLabel(card) && m.app_no_longer_valid(),
    reviewMark(card)?.says,
    card.waived > 0 && m.waiver_badge({ count: card.waived }),
    readiness &&
      (readiness.open
        ? m.app_ready_for({ stage: readiness.next })
        : m.board_card_next_gate({ met: readiness.met, asks: readiness.asks, stage: readiness.next })),
    later && m.board_card_later(later),
    owner ?? m.app_unassigned(),
    due && `${m.board_card_due({ day: due.words })}${due.late ? `, ${m.board_card_overdue()}` : ''}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/**
 * Why a record has a regression: the first finding of a gate it already passed. Null where it has none, or where the
 * card already shows the cause: an exception, or a review that is stale or returned.
 */
export function regressionLabel({ fallen, blocked, stage, gates }: Card): string | null {
  if (!fallen || blocked.count > 0) return null;
  const first = gates.find((gate) => gate.first && !isForward(stage, gate.stage))?.first;
  return first && first.rule !== reviewRule ? sentence(first) : null;
}

/** Why a card is blocked, and how many more reasons there are. */
export function blockedLabel({ blocked: { count, reason } }: Card): string {
  const why = reason ?? m.app_blocked();
  return count > 1 ? m.board_card_blocked_more({ reason: why, count: count - 1 }) : why;
}
