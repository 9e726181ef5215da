/** A refusal costs the server a fresh copy of the document, so nobody gets many. */
const allowed = 120;
const within = 60_000;

/** Counts refusals by person; `now` in milliseconds. */
export function refusalsOf(now: () => number) {
  const moments = new Map<string, number[]>();
  const recent = (person: string) => (moments.get(person) ?? []).filter((moment) => moment > now() - within);

  return {
    note(person: string): void {
      moments.set(person, [...recent(person), now()]);
      if (moments.size < 1000) return;
      for (const other of moments.keys()) if (recent(other).length === 0) moments.delete(other);
    },
    tooMany: (person: string): boolean => recent(person).length >= allowed,
  };
}
