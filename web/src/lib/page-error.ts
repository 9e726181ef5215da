import { problemDetail } from '#shared/text/problem-labels.ts';
import { ProblemError, Unreachable } from './api.ts';
import { m } from './paraglide/messages.js';

/** How browsers report that a part of the page could not be fetched. */
const failedImport = /dynamically imported module|importing a module script failed|unable to preload/i;

/**
 * What the error page shows when a `load` fails: the server's status and words, or that nothing answered. Null for
 * an error that is ours.
 */
export function pageError(error: unknown): App.Error | null {
  if (error instanceof Unreachable)
    return { status: 503, message: error.problem ? problemDetail(error.problem) : m.app_unreachable() };
  if (error instanceof ProblemError) {
    const { type, status } = error.problem;
    // What a `load` asks for is in the address: an address of the wrong form names nothing.
    return { status: type === 'invalid' ? 404 : status, message: problemDetail(error.problem) };
  }
  if (error instanceof Error && failedImport.test(error.message)) return { status: 503, message: m.app_unreachable() };
  return null;
}
