import { commentDraftKey } from './draft-storage.ts';

/** The unsent texts of one person in the discussion of a record, by the place of the text field. */
export interface CommentDrafts {
  get(place: string): string | undefined;
  /** An empty text deletes the draft. */
  set(place: string, text: string): void;
  delete(place: string): void;
}

/**
 * Drafts in local storage. They outlive the closed record, a reload and the end of the session. Where storage fails,
 * they last as long as the page.
 */
export function commentDrafts(person: string, record: string): CommentDrafts {
  const key = commentDraftKey(person, record);
  let drafts = read(key);
  const change = (write: (drafts: Map<string, string>) => void) => {
    // Another tab may have written drafts of other places.
    drafts = new Map([...drafts, ...read(key)]);
    write(drafts);
    try {
      if (drafts.size === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(Object.fromEntries(drafts)));
    } catch {
      // Storage failed; only this page has the draft.
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
