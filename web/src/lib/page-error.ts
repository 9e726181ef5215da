import { problemDetail } from '#shared/text/problem-labels.ts';
import { ProblemError, Unreachable } from './api.ts';
import { m } from './paraglide/messages.js';

/** Error messages of browsers that could not load a part of the page. */
const failedImport = /dynamically imported module|importing a module script failed|unable to preload/i;

/**
 * What the error page shows when a `load` fails: the server's status and message, or that the server is unreachable.
 * Null for a bug of ours.
 */
export function pageError(error: unknown): App.Error | null {
  if (error instanceof Unreachable)
    return { status: 503, message: error.problem ? problemDetail(error.problem) : m.app_unreachable() };
  if (error instanceof ProblemError) {
    const { type, status } = error.problem;
    // The input of a `load` comes from the address, so an invalid one is a page that does not exist.
    return { status: type === 'invalid' ? 404 : status, message: problemDetail(error.problem) };
  }
  if (error instanceof Error && failedImport.test(error.message)) return { status: 503, message: m.app_unreachable() };
  return null;
}
