/**
 * The intents on a board that the server has not answered, kept in this tab across a reload and a sign-out. Each has
 * its operation id, so that sending it again is idempotent.
 */
export interface SavedIntent {
  readonly operation: string;
}

const prefix = 'intents ';
const keyOf = (person: string, scope: string) => `${prefix}${person} ${scope}`;

export function savedIntents<I extends SavedIntent>(person: string, scope: string): readonly I[] {
  return read(keyOf(person, scope)) as readonly I[];
}

/** Where this tab stores nothing, only the page has them. */
export function saveIntents(person: string, scope: string, intents: readonly SavedIntent[]): void {
  try {
    if (intents.length === 0) sessionStorage.removeItem(keyOf(person, scope));
    else sessionStorage.setItem(keyOf(person, scope), JSON.stringify(intents));
  } catch {
    // The page warns before it is left.
  }
}

/** Number of intents pending in this tab, of this person or of everybody. */
export const savedIntentCount = (person?: string): number =>
  keys(person === undefined ? prefix : keyOf(person, '')).reduce((sum, key) => sum + read(key).length, 0);

/**
 * Deletes the intents at sign-out, and when another person signed in here. `except` keeps the intents of that person.
 */
export function forgetIntents(except?: string): void {
  const own = except === undefined ? null : keyOf(except, '');
  for (const key of keys(prefix)) if (!own || !key.startsWith(own)) sessionStorage.removeItem(key);
}

function read(key: string): readonly SavedIntent[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keys(start: string): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}
