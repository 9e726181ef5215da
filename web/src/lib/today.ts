import type { Scope } from '#shared/contract/scope.ts';
import { dayOf } from '#shared/domain/day.ts';

/** What day it is in the organisation of a scope, `YYYY-MM-DD`: what the server goes by for due, absent and overdue. */
export const todayIn = ({ organisation }: Pick<Scope, 'organisation'>, now = Date.now()): string =>
  dayOf(new Date(now), organisation.timeZone);
