import type { AbsentDays } from '#shared/contract/absence.ts';
import { absentOn } from '#shared/domain/assignment.ts';
import { dayAfter } from '#shared/domain/day.ts';
import { dayLabel } from '#lib/moment-labels.ts';
import { m } from '#lib/paraglide/messages.js';

/** Number of days before an absence from which it is shown. */
const ahead = 7;

/** `Absent until 30 Nov 2026` during an absence; `now` false: it is upcoming. Null: there is none, or none soon. */
export function absenceLabel(absences: readonly AbsentDays[], today: string): { words: string; now: boolean } | null {
  const away = absentOn(absences, today);
  if (away) {
    const words =
      away.until === today ? m.handing_absent_today() : m.handing_absent_until({ day: dayLabel(away.until) });
    return { words, now: true };
  }
  const coming = absences.find(({ from }) => from > today && from <= dayAfter(today, ahead));
  return coming ? { words: m.handing_absent_from({ day: dayLabel(coming.from) }), now: false } : null;
}
