import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import type { Actor } from '#shared/domain/ownership.ts';
import { previewOf, type Preview } from '../state/preview.ts';

/** The preview of one column for several cards. */
export interface SetPreview {
  readonly eligible: number;
  readonly of: number;
  /** The preview of the first card that may not enter; where all may, of the first card. */
  readonly first: Preview;
}

/** How many of these cards may enter a stage, and the preview of the first one that may not. */
export function setPreview(cards: readonly Card[], actor: Actor, to: StageKey): SetPreview {
  const previews = cards.map((card) => previewOf(card, actor, to));
  const shut = previews.filter(({ open }) => !open);
  return { eligible: previews.length - shut.length, of: previews.length, first: shut[0] ?? previews[0]! };
}

/** Whether any of the cards would move back, which requires a reason. */
export const someGoBack = (cards: readonly Card[], actor: Actor, to: StageKey): boolean =>
  cards.some((card) => {
    const { way, open } = previewOf(card, actor, to);
    return way === 'back' && open;
  });
