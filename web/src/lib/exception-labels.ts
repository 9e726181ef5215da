import type { ExceptionSeverity, RecordException, WaitingOn } from '#shared/contract/exception.ts';
import { waitedOn } from '#shared/domain/exception-clock.ts';
import { m } from '#lib/paraglide/messages.js';
import { serverNow } from './server-clock.ts';

export const exceptionSeverities: Record<ExceptionSeverity, () => string> = {
  critical: m.exception_critical,
  major: m.exception_major,
  minor: m.exception_minor,
};

export const waitingSides: Record<WaitingOn, () => string> = { us: m.exception_us, others: m.exception_others };

/** `12 min`, `5 h`, `3 d`: as precise as a decision needs. */
export function spellLabel(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return m.app_minutes({ count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? m.app_hours({ count: hours }) : m.app_days({ count: Math.floor(hours / 24) });
}

/** `us 3 d, others 1 d`. */
export function clockOf(exception: RecordException, now = serverNow().getTime()): string {
  const { us, others } = waitedOn(exception, now);
  return m.exception_clock({ us: spellLabel(us), others: spellLabel(others) });
}

/** The values of a set of labels as options. */
export const optionsOf = (words: Record<string, () => string>) =>
  Object.entries(words).map(([value, label]) => ({ value, label: label() }));
