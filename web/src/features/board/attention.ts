import type { Person } from '#shared/contract/person.ts';
import type { Feed } from '#lib/feed.svelte.ts';

/** Who else has a record open, and who holds its card. */
interface Attending {
  open: Person[];
  lifted: Person | null;
}

/** What others attend to, by record. */
export function attentionOf(feed: Pick<Feed, 'present'>, self: string): ReadonlyMap<string, Attending> {
  const attention = new Map<string, Attending>();
  const on = (record: string) =>
    attention.get(record) ?? attention.set(record, { open: [], lifted: null }).get(record)!;
  for (const { person, record, lifted } of feed.present) {
    if (person.id === self) continue;
    if (record && !on(record).open.some(({ id }) => id === person.id)) on(record).open.push(person);
    if (lifted) on(lifted).lifted = person;
  }
  return attention;
}
