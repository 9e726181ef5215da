import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Actor } from '#shared/domain/ownership.ts';
import { previewOf, type Preview } from '../state/preview.ts';

/** What one column says of a whole set. */
export interface SetPreview {
  readonly eligible: number;
  readonly of: number;
  /** The answer to the first card that may not; where all may, to the first. */
  readonly first: Preview;
}

/** How many of these cards may go to a stage, and the first reason of those that may not. */
export function setPreview(cards: readonly Card[], actor: Actor, to: StageKey): SetPreview {
  const previews = cards.map((card) => previewOf(card, actor, to));
  const shut = previews.filter(({ open }) => !open);
  return { eligible: previews.length - shut.length, of: previews.length, first: shut[0] ?? previews[0]! };
}

/** Whether some card of the set would go back, which needs a reason. */
export const someGoBack = (cards: readonly Card[], actor: Actor, to: StageKey): boolean =>
  cards.some((card) => {
    const { way, open } = previewOf(card, actor, to);
    return way === 'back' && open;
  });
