const mention = /@\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]/g;

/** Ids of the people whom a comment mentions. The text stores a person as `@[<id>]`; readers see the name. */
export function mentionsIn(text: string): string[] {
  return [...new Set([...text.matchAll(mention)].map(([, id]) => id!))];
}
