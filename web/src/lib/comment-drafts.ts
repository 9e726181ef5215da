import { commentDraftKey } from './draft-storage.ts';

/** What one person typed into the discussion of a record and did not send, by the place it is typed in. */
export interface CommentDrafts {
  get(place: string): string | undefined;
  /** An empty text forgets it. */
  set(place: string, text: string): void;
  delete(place: string): void;
}

/** Kept in this browser, so that it outlives the closed record, a reload and an ended session; at least in the page. */
export function commentDrafts(person: string, record: string): CommentDrafts {
  const key = commentDraftKey(person, record);
  let drafts = read(key);
  const change = (write: (drafts: Map<string, string>) => void) => {
    // Another tab may have written to other places.
    drafts = new Map([...drafts, ...read(key)]);
    write(drafts);
    try {
      if (drafts.size === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(Object.fromEntries(drafts)));
    } catch {
      // Then only the page has it.
    }
  };
  const remove = (place: string) => {
    if (drafts.has(place)) change((all) => all.delete(place));
  };
  return {
    get: (place) => drafts.get(place),
    set: (place, text) => (text.trim() === '' ? remove(place) : change((all) => all.set(place, text))),
    delete: remove,
  };
}

function read(key: string): Map<string, string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    const entries = Object.entries(kept ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return new Map(entries);
  } catch {
    return new Map();
  }
}
