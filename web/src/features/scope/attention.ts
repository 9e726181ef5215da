import type { Person } from '#shared/contract/person.ts';
import type { Presence } from '#shared/contract/presence.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Feed } from '#lib/feed.svelte.ts';

/** Who else has a record open, who types in it, and who drags its card. */
interface Attending {
  open: Person[];
  writing: Person[];
  lifted: Person | null;
}

/** A card that somebody else drags, and the place it hovers over. */
export interface CardDrag {
  person: Person;
  card: string;
  /** Number of further cards in the same drag. */
  more: number;
  after: string | null | undefined;
}

/** Who attends to each record, apart from this person. */
export function attentionOf(feed: Pick<Feed, 'present'>, self: string): ReadonlyMap<string, Attending> {
  const attention = new Map<string, Attending>();
  const on = (record: string) =>
    attention.get(record) ?? attention.set(record, { open: [], writing: [], lifted: null }).get(record)!;
  for (const { person, record, lifted, writing } of feed.present) {
    if (person.id === self) continue;
    if (record) add(on(record).open, person);
    if (record && writing) add(on(record).writing, person);
    if (lifted) on(lifted).lifted = person;
  }
  return attention;
}

/** The drags of other people over each column. */
export function dragsByStage(present: readonly Presence[], self: string): ReadonlyMap<StageKey, CardDrag[]> {
  const hands = new Map<StageKey, CardDrag[]>();
  for (const { person, lifted, held, more } of present) {
    if (person.id === self || !lifted || !held) continue;
    const over = hands.get(held.stage) ?? [];
    hands.set(held.stage, [...over, { person, card: lifted, more, after: held.after }]);
  }
  return hands;
}

function add(people: Person[], person: Person): void {
  if (!people.some(({ id }) => id === person.id)) people.push(person);
}
