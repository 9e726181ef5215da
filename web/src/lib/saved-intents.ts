/**
 * What somebody wants of a board and the server has not answered, kept in this tab over a reload and a sign-in. Each has
 * its operation id, so that sending it again does nothing twice.
 */
export interface SavedIntent {
  readonly operation: string;
}

const prefix = 'intents ';
const keyOf = (person: string, scope: string) => `${prefix}${person} ${scope}`;

export function savedIntents<I extends SavedIntent>(person: string, scope: string): readonly I[] {
  return read(keyOf(person, scope)) as readonly I[];
}

/** Where this tab keeps nothing, only the page has them. */
export function saveIntents(person: string, scope: string, intents: readonly SavedIntent[]): void {
  try {
    if (intents.length === 0) sessionStorage.removeItem(keyOf(person, scope));
    else sessionStorage.setItem(keyOf(person, scope), JSON.stringify(intents));
  } catch {
    // The page warns before it is left.
  }
}

/** How many wait in this tab, of this person or of anybody. */
export const savedIntentCount = (person?: string): number =>
  keys(person === undefined ? prefix : keyOf(person, '')).reduce((sum, key) => sum + read(key).length, 0);

/** At sign-out, and when somebody else signed in here: `except` keeps theirs. */
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
