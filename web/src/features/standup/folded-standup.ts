import type { BoardEvent } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import type { Standup, StandupItem, StandupOutcome } from '#shared/contract/standup.ts';

interface Step {
  before: number;
  after: number;
  seconds: number;
}

/** A standup after an event of its trail; null: the event does not say enough, it has to be asked for. */
export function foldedStandup(standup: Standup, { kind, body, at }: BoardEvent): Standup | null {
  switch (kind) {
    case 'standup.walked':
      return walked(standup, body as unknown as Step, at);
    case 'standup.decided': {
      const { position, outcome } = body as { position: number; outcome: StandupOutcome };
      return withItem(standup, position, { outcome });
    }
    case 'standup.led': {
      const { term, after } = body as { term: number; after: string };
      return { ...standup, term, leader: after };
    }
    case 'standup.joined':
      return attendedBy(standup, String(body['person']), at, null);
    case 'standup.left':
      return attendedBy(standup, String(body['person']), at, at);
    default:
      return null;
  }
}

/** The standup with a record as it is now; the same standup where the record is not on it, or was known. */
export function withCard(standup: Standup, card: Card): Standup {
  const at = standup.items.findIndex((item) => item.card.id === card.id);
  const known = standup.items[at];
  return known && known.card.version < card.version ? withItem(standup, known.position, { card }) : standup;
}

function walked(standup: Standup, { before, after, seconds }: Step, at: string): Standup {
  const left = standup.items[before]?.seconds ?? 0;
  const counted = withItem(standup, before, { seconds: left + seconds });
  const reachedAt = counted.items[after]?.reachedAt ?? at;
  return { ...withItem(counted, after, { reachedAt }), position: after, positionSince: at };
}

function attendedBy(standup: Standup, person: string, at: string, leftAt: string | null): Standup {
  const known = standup.people.find((one) => one.person === person);
  const next = { person, joinedAt: known?.joinedAt ?? at, leftAt };
  return { ...standup, people: [...standup.people.filter((one) => one !== known), next] };
}

function withItem(standup: Standup, position: number, change: Partial<StandupItem>): Standup {
  return {
    ...standup,
    items: standup.items.map((item) => (item.position === position ? { ...item, ...change } : item)),
  };
}
