import type { BoardEvent } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import { StandupOutcome, type Standup, type StandupItem } from '#shared/contract/standup.ts';

/** A standup after an event of its trail; null: the event does not say enough, it has to be asked for. */
export function foldedStandup(standup: Standup, event: BoardEvent): Standup | null {
  const { kind, body, at } = event;
  if (kind === 'standup.walked' && typeof body['position'] === 'number') {
    return walked(standup, body['position'], at);
  }
  if (kind === 'standup.decided' && typeof body['position'] === 'number') {
    const outcome = StandupOutcome.safeParse(body['outcome']);
    return outcome.success ? withItem(standup, body['position'], { outcome: outcome.data }) : null;
  }
  if (kind === 'standup.led' && typeof body['term'] === 'number' && event.actor) {
    return { ...standup, term: body['term'], leader: event.actor.id };
  }
  return null;
}

/** The standup with a record as it is now; the same standup where the record is not on it, or was known. */
export function withCard(standup: Standup, card: Card): Standup {
  const at = standup.items.findIndex((item) => item.card.id === card.id);
  const known = standup.items[at];
  return known && known.card.version < card.version ? withItem(standup, known.position, { card }) : standup;
}

function walked(standup: Standup, position: number, at: string): Standup {
  const left = standup.items[standup.position];
  const spent = Math.max(0, Math.round((Date.parse(at) - Date.parse(standup.positionSince)) / 1000));
  const counted = left ? withItem(standup, left.position, { seconds: left.seconds + spent }) : standup;
  const reachedAt = counted.items[position]?.reachedAt ?? at;
  return { ...withItem(counted, position, { reachedAt }), position, positionSince: at };
}

function withItem(standup: Standup, position: number, change: Partial<StandupItem>): Standup {
  return {
    ...standup,
    items: standup.items.map((item) => (item.position === position ? { ...item, ...change } : item)),
  };
}
