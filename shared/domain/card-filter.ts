import type { Card, CardFilter } from '#shared/contract/record.ts';
import { foldedText, searchWords } from './folded-text.ts';

type Searched = Pick<Card, 'reference'> &
  Partial<Pick<Card, 'make' | 'type' | 'variant' | 'typeVersion' | 'commercialName' | 'vin'>>;

/** What the filter box looks through, folded; the row of a record stores it. */
export function searchTextOf(card: Searched): string {
  const { reference, vin, make, type, variant, typeVersion, commercialName } = card;
  return foldedText(
    [reference, vin, make, commercialName, [type, variant, typeVersion].filter(Boolean).join('/')]
      .filter(Boolean)
      .join(' '),
  );
}

/** Whether a filter leaves any card out. */
export function isFiltering({ owner, mine, unowned, blocked, text }: CardFilter): boolean {
  return Boolean(owner || mine || unowned || blocked || text?.trim());
}

/** The question `server/queries/board.ts` asks in SQL, of one card. `self`: who looks, for `mine`. */
export function passesFilter({ owner, mine, unowned, blocked, text }: CardFilter, card: Card, self: string): boolean {
  if (owner && card.nextAction.owner !== owner) return false;
  if (mine && card.nextAction.owner !== self) return false;
  // The archive is nobody's turn.
  if (unowned && (card.nextAction.owner !== null || card.stage === 'archive')) return false;
  if (blocked && card.blocked.count === 0 && !card.fallen) return false;
  const words = searchWords(text ?? '');
  if (words.length === 0) return true;
  const within = searchTextOf(card);
  return words.every((word) => within.includes(word));
}
