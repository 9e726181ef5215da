import CircleCheck from '@lucide/svelte/icons/circle-check';
import History from '@lucide/svelte/icons/history';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { m } from '#lib/paraglide/messages.js';

/** The stages in which an accepted review is worth showing. In later stages everybody relies on it. */
const saysAccepted: readonly StageKey[] = ['review', 'output'];

/**
 * The review mark of a card: always for stale and returned reviews, for accepted ones only while that is news and the
 * record has no regression.
 */
export function reviewMark({ review, stage, fallen }: Pick<Card, 'review' | 'stage' | 'fallen'>) {
  if (review === 'stale')
    return {
      says: m.board_card_review_stale(),
      title: m.board_card_review_stale_title(),
      tone: 'stale',
      icon: History,
    } as const;
  if (review === 'returned')
    return {
      says: m.record_review_returned(),
      title: m.board_card_review_returned_title(),
      tone: 'shut',
      icon: Undo2,
    } as const;
  if (review === 'accepted' && !fallen && saysAccepted.includes(stage))
    return {
      says: m.record_review_accepted(),
      title: m.board_card_review_accepted_title(),
      tone: 'open',
      icon: CircleCheck,
    } as const;
  return null;
}
