interface Seen {
  stateVector(): string | null;
}

const open = new Map<string, Seen>();

/** Says that this page shows the document of a record; the answered function takes it back. */
export function showDocument(record: string, document: Seen): () => void {
  open.set(record, document);
  return () => {
    if (open.get(record) === document) open.delete(record);
  };
}

export const isShown = (record: string): boolean => open.has(record);

/** What a move sends along where its mover has the record's document before them: the state they decided on. */
export function seenIn(record: string): { seen?: string } {
  const seen = open.get(record)?.stateVector();
  return seen ? { seen } : {};
}
