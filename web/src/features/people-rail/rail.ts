import type { Actor } from '#shared/domain/ownership.ts';

/** The context of the page that shows the rail. */
export interface Rail {
  organisation: string;
  actor: Actor;
  /** `YYYY-MM-DD` in the organisation. */
  today: string;
  /** The page of a record. */
  href(record: string): string;
  /** The board filtered by owner; null: unowned. */
  cardsOf(person: string | null): string;
  /** The board without an owner filter. */
  allCards: string;
}
