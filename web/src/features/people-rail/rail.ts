import type { Actor } from '#shared/domain/ownership.ts';

/** What the rail knows of the page it stands on. */
export interface Rail {
  organisation: string;
  actor: Actor;
  /** `YYYY-MM-DD` in the organisation. */
  today: string;
  /** The page of a record. */
  href(record: string): string;
  /** The board with only the cards of a person; null: of nobody. */
  cardsOf(person: string | null): string;
  /** The board without a filter of people. */
  allCards: string;
}
