/** Values that were typed and that the record does not hold yet, by the path of the entry. */
export type SavedDrafts = Record<string, { text: string; seen: string | null }>;

const prefix = 'drafts ';
const keyOf = (person: string, record: string) => `${prefix}${person} ${record}`;

/** Storage key of the unsent comments of a record. It has the prefix of the drafts, so that it is deleted with them. */
export const commentDraftKey = (person: string, record: string): string => `${keyOf(person, record)} comments`;

/** Empty where this browser stores nothing, or the stored value is not a set of drafts. */
export function savedDrafts(person: string, record: string): SavedDrafts {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(person, record)) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as SavedDrafts) : {};
  } catch {
    return {};
  }
}

/** Returns false where storage is full or unavailable; then only the page has the drafts. */
export function saveDrafts(person: string, record: string, drafts: SavedDrafts): boolean {
  try {
    if (Object.keys(drafts).length === 0) localStorage.removeItem(keyOf(person, record));
    else localStorage.setItem(keyOf(person, record), JSON.stringify(drafts));
    return true;
  } catch {
    return false;
  }
}

/**
 * Deletes the drafts at sign-out, and when another person signed in here, so that the next person finds none. `except`
 * keeps the drafts of that person.
 */
export function forgetDrafts(except?: string): void {
  const goes = (key: string) => key.startsWith(prefix) && (except === undefined || !key.startsWith(keyOf(except, '')));
  try {
    for (const key of Object.keys(localStorage)) if (goes(key)) localStorage.removeItem(key);
  } catch {
    // A browser without storage has no drafts.
  }
}
