import type { Finding } from '#shared/contract/finding.ts';
import type { DocumentIntent } from './intents.ts';

/** Why the server refused something; `sentence()` turns it into text. */
export type RefusalReason = Pick<Finding, 'rule' | 'key' | 'params'>;

/**
 * An intent the server has not acknowledged. `place`: the Yjs clock that is committed once the server has it; null: the
 * intent is not in the copy.
 */
export interface PendingIntent {
  intent: DocumentIntent;
  place: { client: number; clock: number } | null;
  /** The copy it was made in. While another tab has that copy open, that tab sends the intent. */
  copy?: string;
}

/** An intent the server refused; kept until its author decides about it. */
export interface RefusedIntent {
  intent: DocumentIntent;
  /** Null: the server gave no reason. `astray`: the thread or comment it belongs to is not in the record. */
  why: RefusalReason | 'astray' | null;
}

/**
 * What this browser stores about one person's copy of one document. The key also names the database, which is deleted
 * with it.
 */
export interface DocumentNote {
  scope: string;
  reference: string;
  openedAt: string;
  waiting: readonly PendingIntent[];
  refused: readonly RefusedIntent[];
  /** The copy holds a refused update; it must be emptied before anything is sent again. */
  givenUp: boolean;
}

const prefix = 'document ';
const keyOf = (person: string, record: string) => `${prefix}${person} ${record}`;
/** How many copies without pending intents are kept, most recently opened first. */
const maxSavedCopies = 50;
const listeners = new Set<() => void>();

export const databaseOf = (person: string, record: string) => `ecoc ${keyOf(person, record)}`;

/** Null where this browser stores nothing, or the stored value is not a note. */
export function documentNote(person: string, record: string): DocumentNote | null {
  try {
    const note = JSON.parse(localStorage.getItem(keyOf(person, record)) ?? 'null') as Partial<DocumentNote> | null;
    return note && Array.isArray(note.waiting) && Array.isArray(note.refused) ? (note as DocumentNote) : null;
  } catch {
    return null;
  }
}

/**
 * Changes a note. Another tab may write the same note, so each change starts from the stored value. Returns false where
 * storage fails.
 */
export function changeNote(
  person: string,
  record: string,
  change: (note: DocumentNote | null) => DocumentNote | null,
): boolean {
  try {
    const next = change(documentNote(person, record));
    if (next) localStorage.setItem(keyOf(person, record), JSON.stringify(next));
    for (const listener of listeners) listener();
    return next !== null;
  } catch {
    return false;
  }
}

/** Every document this browser stores something about. */
export function documentNotes(person: string): { record: string; note: DocumentNote }[] {
  return recordsIn(keysHere(), keyOf(person, '')).flatMap((record) => {
    const note = documentNote(person, record);
    return note ? [{ record, note }] : [];
  });
}

/** Calls the listener after every change of a note, in this tab or another. */
export function listenToNotes(listener: () => void): () => void {
  const elsewhere = ({ key }: StorageEvent) => {
    if (key === null || key.startsWith(prefix)) listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', elsewhere);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', elsewhere);
  };
}

/**
 * Deletes the stored documents at sign-out, and when another person signed in here. `except` keeps the documents of
 * that person. Resolves when everything else is deleted.
 */
export async function forgetDocuments(except?: string): Promise<void> {
  const own = except === undefined ? null : keyOf(except, '');
  const keys = keysHere().filter((key) => key.startsWith(prefix) && !(own && key.startsWith(own)));
  const databases = await databasesHere();
  const stale = databases.filter(
    (name) => name.startsWith(`ecoc ${prefix}`) && !(own && name.startsWith(`ecoc ${own}`)),
  );
  for (const key of keys) localStorage.removeItem(key);
  await Promise.all([...new Set([...stale, ...keys.map((key) => `ecoc ${key}`)])].map(dropDatabase));
  if (keys.length > 0) for (const listener of listeners) listener();
}

/** Deletes copies of records that were opened long ago and hold nothing pending or refused. */
export async function forgetOldCopies(person: string): Promise<void> {
  const idle = documentNotes(person)
    .filter(({ note }) => note.waiting.length === 0 && note.refused.length === 0)
    .toSorted((one, other) => (one.note.openedAt < other.note.openedAt ? 1 : -1));
  for (const { record } of idle.slice(maxSavedCopies)) {
    localStorage.removeItem(keyOf(person, record));
    await dropDatabase(databaseOf(person, record));
  }
}

function keysHere(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

const recordsIn = (keys: readonly string[], start: string) =>
  keys.flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));

async function databasesHere(): Promise<string[]> {
  try {
    return (await indexedDB.databases()).flatMap(({ name }) => name ?? []);
  } catch {
    return [];
  }
}

/**
 * Deletes a database. A page that still has it open closes it on `versionchange`; where a page does not, this does not
 * wait.
 */
function dropDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = request.onerror = request.onblocked = () => resolve();
    } catch {
      resolve();
    }
  });
}
