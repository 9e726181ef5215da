import { sentence } from '#shared/text/sentence.ts';
import { Unreadable } from '#server/imports/readers/unreadable.ts';

/** The message that the importer of a completely unusable file reads. Rethrows anything else. */
export function unreadableLabel(error: unknown): string {
  if (!(error instanceof Unreadable)) throw error;
  return sentence({ key: 'import.unreadable', params: { ...error.params, why: error.why } });
}
