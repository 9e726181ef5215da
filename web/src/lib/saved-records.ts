import type { RecordDetail } from '#shared/contract/record.ts';

/** A record as this browser last loaded it. */
export interface SavedRecord {
  detail: RecordDetail;
  /** When it was loaded. */
  at: string;
}

const prefix = 'record ';
const keyOf = (person: string, record: string) => `${prefix}${person} ${record}`;
/** Number of records kept, the most recent ones. With their data they are large for local storage. */
const maxSavedRecords = 20;

/** Null where this browser has no copy, or the copy is too old. */
export function savedRecord(person: string, record: string): SavedRecord | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(person, record)) ?? 'null') as Partial<SavedRecord> | null;
    return kept?.detail && kept.at ? (kept as SavedRecord) : null;
  } catch {
    return null;
  }
}

/** Where storage is full, the previous copy stays. */
export function saveRecord(person: string, detail: RecordDetail, at: string): void {
  try {
    localStorage.setItem(keyOf(person, detail.card.id), JSON.stringify({ detail, at } satisfies SavedRecord));
    const age = (key: string) => (JSON.parse(localStorage.getItem(key)!) as SavedRecord).at;
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    for (const key of keys.toSorted((one, other) => (age(one) < age(other) ? 1 : -1)).slice(maxSavedRecords)) {
      localStorage.removeItem(key);
    }
  } catch {
    // A browser without storage shows records only while the server answers.
  }
}

/** Deletes the saved records; `except` keeps those of this person. */
export function forgetRecords(except?: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && !(except && key.startsWith(keyOf(except, '')))) localStorage.removeItem(key);
    }
  } catch {
    // There is nothing to delete.
  }
}
