/**
 * Whom this page belongs to. Pages of one browser share one cookie: when somebody else signs in in another tab, what this
 * page sends would be theirs. So it says with every write and every connection whose page it is, and the server refuses
 * it where that is somebody else.
 */
let person: string | null = null;

export const pagePerson = (): string | null => person;

/** Called in the browser only: modules of the server are shared by everybody's requests. */
export function pageBelongsTo(id: string | null): void {
  const before = person;
  person = id;
  // What is open here, its connections and what waits to be sent, is of the person before.
  if (before !== null && id !== null && before !== id) location.reload();
}

/** Somebody else is signed in: the page starts again as theirs. What was typed stays in the drafts of its author. */
export function reloadForOther(): void {
  if (typeof location !== 'undefined') location.reload();
}
