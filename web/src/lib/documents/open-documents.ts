interface Seen {
  stateVector(): string | null;
}

const open = new Map<string, Seen>();

/** Registers the document of a record that this page shows. The returned function removes it. */
export function showDocument(record: string, document: Seen): () => void {
  open.set(record, document);
  return () => {
    if (open.get(record) === document) open.delete(record);
  };
}

export const isShown = (record: string): boolean => open.has(record);

/**
 * The part of a move request that names the document state the person decided on; empty where the record's document is
 * not open.
 */
export function seenIn(record: string): { seen?: string } {
  const seen = open.get(record)?.stateVector();
  return seen ? { seen } : {};
}
