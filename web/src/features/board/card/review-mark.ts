import CircleCheck from '@lucide/svelte/icons/circle-check';
import History from '@lucide/svelte/icons/history';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { m } from '#lib/paraglide/messages.js';

/** Behind these stages everybody relies on the review; that it stands is said where it was just made. */
const saysAccepted: readonly StageKey[] = ['review', 'output'];

/** What a card says of its review: stale and returned always, accepted where that is news and the record still stands. */
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
