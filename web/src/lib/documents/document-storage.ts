import type { Finding } from '#shared/contract/finding.ts';
import type { DocumentIntent } from './intents.ts';

/** Why the server did not take something: what `sentence()` words. */
export type RefusalReason = Pick<Finding, 'rule' | 'key' | 'params'>;

/** An intent the server has not acknowledged. Its place: what is committed once the server has it; null: not in the copy. */
export interface PendingIntent {
  intent: DocumentIntent;
  place: { client: number; clock: number } | null;
  /** The copy it was done in: while that is open in another tab, that tab sends it. */
  copy?: string;
}

/** Something the server did not take; kept until its author decides about it. */
export interface RefusedIntent {
  intent: DocumentIntent;
  /** Null: the server did not say. `astray`: what it belonged to is not in the record. */
  why: RefusalReason | 'astray' | null;
}

/** What this browser knows of one person's copy of one document. It also names the database, which goes with it. */
export interface DocumentNote {
  scope: string;
  reference: string;
  openedAt: string;
  waiting: readonly PendingIntent[];
  refused: readonly RefusedIntent[];
  /** The copy holds what the server refused: it must be emptied before anything of it is sent again. */
  givenUp: boolean;
}

const prefix = 'document ';
const keyOf = (person: string, record: string) => `${prefix}${person} ${record}`;
/** Copies that nothing waits in are kept of the records opened last. */
const maxSavedCopies = 50;
const listeners = new Set<() => void>();

export const databaseOf = (person: string, record: string) => `ecoc ${keyOf(person, record)}`;

/** Null where this browser keeps nothing, or something else stands there. */
export function documentNote(person: string, record: string): DocumentNote | null {
  try {
    const note = JSON.parse(localStorage.getItem(keyOf(person, record)) ?? 'null') as Partial<DocumentNote> | null;
    return note && Array.isArray(note.waiting) && Array.isArray(note.refused) ? (note as DocumentNote) : null;
  } catch {
    return null;
  }
}

/** Another tab writes the same note, so each change is made on what stands there. False: it could not be kept. */
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

/** Every document this browser holds something of. */
export function documentNotes(person: string): { record: string; note: DocumentNote }[] {
  return recordsIn(keysHere(), keyOf(person, '')).flatMap((record) => {
    const note = documentNote(person, record);
    return note ? [{ record, note }] : [];
  });
}

/** Hears every change of a note, also of another tab. */
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

/** At sign-out, and when somebody else signed in here: `except` keeps theirs. Resolves when nothing is left to read. */
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

/** Copies of records that were opened long ago and hold nothing of this person's own. */
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

/** A page that still has it open lets go when it is told; one that does not is not waited for. */
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
