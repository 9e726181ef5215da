import { routes } from '#shared/contract/routes/all.ts';
import type { Route } from '#shared/contract/routes/route.ts';
import type { Cost } from '#server/limits/request-limits.ts';

/** Routes that read or return much more than a window of a board. Few of them run at the same time. */
const heavy = new Set<Route>([
  routes.boardAt,
  routes.columnAt,
  routes.changesSince,
  routes.getAgenda,
  routes.startStandup,
  routes.getStandup,
  routes.joinStandup,
  routes.leaveStandup,
  routes.walkStandup,
  routes.leadStandup,
  routes.decideInStandup,
  routes.endStandup,
  routes.getMinutes,
  routes.searchScope,
  routes.exceptionLedger,
  routes.listExceptions,
  routes.listApprovals,
  routes.moveRecords,
  routes.handOverRecords,
  routes.changeExceptions,
  routes.proposeWaivers,
  routes.takeBack,
  routes.tryRules,
]);

/** Routes that are heavy only with a search text, which searches all records of a scope. */
const heavyWithText = new Set<Route>([routes.getBoard, routes.getColumn]);

/**
 * In characters. Typical bodies have a few hundred; validating a megabyte blocks the main thread for a tenth of a
 * second.
 */
const largeBody = 64 * 1024;

/** Returns the cost of a request. `body`: the length of the body in characters. */
export function costOf(route: Route, query: object | undefined, body: number): Cost {
  if (route.file) return 'file';
  if (body > largeBody) return 'large';
  if (heavy.has(route) || (heavyWithText.has(route) && query && 'text' in query)) return 'heavy';
  return route.write ? 'write' : 'read';
}
