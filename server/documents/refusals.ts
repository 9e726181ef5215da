/** Limit of refusals per person in `within` milliseconds: each refusal makes the server read the document again. */
const allowed = 120;
const within = 60_000;

/** Counts refusals per person. `now`: milliseconds. */
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
