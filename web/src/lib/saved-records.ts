import type { RecordDetail } from '#shared/contract/record.ts';

/** A record as it was when this browser last saw it. */
export interface SavedRecord {
  detail: RecordDetail;
  /** When. */
  at: string;
}

const prefix = 'record ';
const keyOf = (person: string, record: string) => `${prefix}${person} ${record}`;
/** With their data they are large for such a store; the ones seen last stay. */
const maxSavedRecords = 20;

/** Null where it was never opened here, or too long ago. */
export function savedRecord(person: string, record: string): SavedRecord | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(person, record)) ?? 'null') as Partial<SavedRecord> | null;
    return kept?.detail && kept.at ? (kept as SavedRecord) : null;
  } catch {
    return null;
  }
}

/** Where there is no room, the one before stays. */
export function saveRecord(person: string, detail: RecordDetail, at: string): void {
  try {
    localStorage.setItem(keyOf(person, detail.card.id), JSON.stringify({ detail, at } satisfies SavedRecord));
    const age = (key: string) => (JSON.parse(localStorage.getItem(key)!) as SavedRecord).at;
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    for (const key of keys.toSorted((one, other) => (age(one) < age(other) ? 1 : -1)).slice(maxSavedRecords)) {
      localStorage.removeItem(key);
    }
  } catch {
    // A browser that keeps nothing shows records only while the server answers.
  }
}

/** `except`: keeps those of this person. */
export function forgetRecords(except?: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix) && !(except && key.startsWith(keyOf(except, '')))) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept.
  }
}
