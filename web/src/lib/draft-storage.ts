/** What somebody typed and the record does not hold yet, by the path of the entry. */
export type SavedDrafts = Record<string, { text: string; seen: string | null }>;

const prefix = 'drafts ';
const keyOf = (person: string, record: string) => `${prefix}${person} ${record}`;

/** Where the unsent comments of a record are kept: forgotten with the drafts. */
export const commentDraftKey = (person: string, record: string): string => `${keyOf(person, record)} comments`;

/** Nothing where this browser keeps nothing, or something else stands there. */
export function savedDrafts(person: string, record: string): SavedDrafts {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(person, record)) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as SavedDrafts) : {};
  } catch {
    return {};
  }
}

/** False where this browser has no room for it or keeps nothing: then only the page has the typing. */
export function saveDrafts(person: string, record: string, drafts: SavedDrafts): boolean {
  try {
    if (Object.keys(drafts).length === 0) localStorage.removeItem(keyOf(person, record));
    else localStorage.setItem(keyOf(person, record), JSON.stringify(drafts));
    return true;
  } catch {
    return false;
  }
}

/** At sign-out, and when somebody else signed in here: `except` keeps theirs. Who comes next finds no word of it. */
export function forgetDrafts(except?: string): void {
  const goes = (key: string) => key.startsWith(prefix) && (except === undefined || !key.startsWith(keyOf(except, '')));
  try {
    for (const key of Object.keys(localStorage)) if (goes(key)) localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
