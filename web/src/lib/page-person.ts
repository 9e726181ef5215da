/**
 * The person this page belongs to. All pages of a browser share one cookie: after another person signs in in another
 * tab, requests of this page would run as that person. Every write and every connection therefore names the person of
 * the page, and the server refuses it where the session belongs to somebody else.
 */
let person: string | null = null;

export const pagePerson = (): string | null => person;

/** Called in the browser only: on the server all requests share the modules. */
export function pageBelongsTo(id: string | null): void {
  const before = person;
  person = id;
  // The open documents, connections and pending intents belong to the previous person.
  if (before !== null && id !== null && before !== id) location.reload();
}

/** Another person is signed in: reloads the page as theirs. Typed text stays in the drafts of its author. */
export function reloadForOther(): void {
  if (typeof location !== 'undefined') location.reload();
}
