import type { Card, CardFilter } from '#shared/contract/record.ts';
import { foldedText, searchWords } from './folded-text.ts';

type Searched = Pick<Card, 'reference'> &
  Partial<Pick<Card, 'make' | 'type' | 'variant' | 'typeVersion' | 'commercialName' | 'vin'>>;

/** The folded text that the filter box searches; stored in the row of the record. */
export function searchTextOf(card: Searched): string {
  const { reference, vin, make, type, variant, typeVersion, commercialName } = card;
  return foldedText(
    [reference, vin, make, commercialName, [type, variant, typeVersion].filter(Boolean).join('/')]
      .filter(Boolean)
      .join(' '),
  );
}

/** Whether the filter has any criterion. */
export function isFiltering({ owner, mine, unowned, blocked, text }: CardFilter): boolean {
  return Boolean(owner || mine || unowned || blocked || text?.trim());
}

/**
 * Applies to one card the same filter as the SQL in `server/queries/board.ts`. `self`: id of the viewer, for `mine`.
 */
export function passesFilter({ owner, mine, unowned, blocked, text }: CardFilter, card: Card, self: string): boolean {
  if (owner && card.nextAction.owner !== owner) return false;
  if (mine && card.nextAction.owner !== self) return false;
  // Records in the archive have no next action to do.
  if (unowned && (card.nextAction.owner !== null || card.stage === 'archive')) return false;
  if (blocked && card.blocked.count === 0 && !card.fallen) return false;
  const words = searchWords(text ?? '');
  if (words.length === 0) return true;
  const within = searchTextOf(card);
  return words.every((word) => within.includes(word));
}
