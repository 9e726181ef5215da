import type { BoardEvent, EventBody } from '#shared/contract/event.ts';
import type { Card } from '#shared/contract/record.ts';
import type { Standup, StandupItem } from '#shared/contract/standup.ts';

type StandupEvent = Extract<BoardEvent, { kind: `standup.${string}` }>;

export const isOfStandup = (event: BoardEvent): event is StandupEvent => event.kind.startsWith('standup.');

/**
 * Applies an event of the trail to a standup. Null where the event is not sufficient and the standup must be reloaded.
 */
export function foldedStandup(standup: Standup, { kind, body, at }: StandupEvent): Standup | null {
  switch (kind) {
    case 'standup.walked':
      return walked(standup, body, at);
    case 'standup.decided':
      return body.outcome ? withItem(standup, body.position, { outcome: body.outcome }) : null;
    case 'standup.led':
      return { ...standup, term: body.term, leader: body.after };
    case 'standup.joined':
      return attendedBy(standup, body.person, at, null);
    case 'standup.left':
      return attendedBy(standup, body.person, at, at);
    case 'standup.started':
    case 'standup.ended':
      return null;
    default:
      // An event kind of a newer server.
      kind satisfies never;
      return null;
  }
}

/** The standup with the latest version of a card; the same object where the card is not on the agenda or not newer. */
export function withCard(standup: Standup, card: Card): Standup {
  const at = standup.items.findIndex((item) => item.card.id === card.id);
  const item = standup.items[at];
  return item && item.card.version < card.version ? withItem(standup, item.position, { card }) : standup;
}

function walked(standup: Standup, { before, after, seconds }: EventBody<'standup.walked'>, at: string): Standup {
  const left = standup.items[before]?.seconds ?? 0;
  const counted = withItem(standup, before, { seconds: left + seconds });
  const reachedAt = counted.items[after]?.reachedAt ?? at;
  return { ...withItem(counted, after, { reachedAt }), position: after, positionSince: at };
}

function attendedBy(standup: Standup, person: string, at: string, leftAt: string | null): Standup {
  const participant = standup.people.find((one) => one.person === person);
  const next = { person, joinedAt: participant?.joinedAt ?? at, leftAt };
  return { ...standup, people: [...standup.people.filter((one) => one !== participant), next] };
}

function withItem(standup: Standup, position: number, change: Partial<StandupItem>): Standup {
  return {
    ...standup,
    items: standup.items.map((item) => (item.position === position ? { ...item, ...change } : item)),
  };
}
