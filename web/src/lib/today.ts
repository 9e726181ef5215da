import type { Scope } from '#shared/contract/scope.ts';
import { dayOf } from '#shared/domain/day.ts';

/**
 * Today in the time zone of the scope's organisation, `YYYY-MM-DD`: the day the server uses for due, absent and
 * overdue.
 */
export const todayIn = ({ organisation }: Pick<Scope, 'organisation'>, now = Date.now()): string =>
  dayOf(new Date(now), organisation.timeZone);
