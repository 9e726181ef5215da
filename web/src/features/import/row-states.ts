import type { ImportRowState } from '#shared/contract/import.ts';
import { m } from '#lib/paraglide/messages.js';

interface RowWords {
  word: () => string;
  /** Explains the state and what to do about it. */
  note: () => string;
}

/** The states of a row, in the order of the tabs. */
export const rowStates: Record<ImportRowState, RowWords> = {
  bad: { word: m.import_rows_bad, note: m.import_rows_bad_note },
  good: { word: m.import_rows_good, note: m.import_rows_good_note },
  created: { word: m.import_rows_created, note: m.import_rows_created_note },
  known: { word: m.import_rows_known, note: m.import_rows_known_note },
};

export const rowStateKeys = Object.keys(rowStates) as ImportRowState[];
