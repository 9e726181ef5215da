import { dayAfter } from '#shared/domain/day.ts';
import { m } from '#lib/paraglide/messages.js';

export interface DueChoice {
  day: string;
  label: string;
}

const friday = 5;
const weekdayOf = (day: string) => new Date(`${day}T00:00Z`).getUTCDay();
const isWeekend = (day: string) => weekdayOf(day) % 6 === 0;

/** The next workday. Days as `YYYY-MM-DD`. */
export function nextWorkday(day: string): string {
  const next = dayAfter(day);
  return isWeekend(next) ? nextWorkday(next) : next;
}

/** The usual due days, without duplicates: today, the next workday, the Friday after that, in a week. */
export function dueChoices(today: string): DueChoice[] {
  const soon = nextWorkday(today);
  const end = dayAfter(soon, ((friday - weekdayOf(soon) + 6) % 7) + 1);
  const choices = [
    { day: today, label: m.app_today() },
    { day: soon, label: soon === dayAfter(today) ? m.app_tomorrow() : m.handing_due_monday() },
    { day: end, label: m.handing_due_friday() },
    { day: dayAfter(today, 7), label: m.app_in_a_week() },
  ];
  return choices
    .filter(({ day }, at) => choices.findIndex((other) => other.day === day) === at)
    .toSorted((a, b) => a.day.localeCompare(b.day));
}

/** The default due day of a next action: its own where that has not passed, otherwise the next workday. */
export function usualDue(due: string | null, today: string): string {
  return due !== null && due >= today ? due : nextWorkday(today);
}
