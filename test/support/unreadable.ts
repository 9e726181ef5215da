import { sentence } from '#shared/text/sentence.ts';
import { Unreadable } from '#server/imports/readers/unreadable.ts';

/** What the person who imported a file reads when nothing of it can be used. Anything else is thrown on. */
export function unreadableLabel(error: unknown): string {
  if (!(error instanceof Unreadable)) throw error;
  return sentence({ key: 'import.unreadable', params: { ...error.params, why: error.why } });
}
