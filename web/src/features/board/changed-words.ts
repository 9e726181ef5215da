import type { BoardEvent } from '#shared/contract/event.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { stageName } from '#shared/text/names.ts';
import { m } from '#lib/paraglide/messages.js';

const whoOf = ({ actor }: BoardEvent) => actor?.name ?? m.app_the_system();
const stageIn = (body: BoardEvent['body'], at: 'before' | 'after') => (body[at] as { stage?: StageKey } | null)?.stage;

/** `Aiko moved it to Review`: what happened to a card that still stands where it was. */
export function movedWords(event: BoardEvent): string {
  const { kind, body, card } = event;
  const name = whoOf(event);
  if (kind !== 'record.moved') return m.board_rests_changed({ name });
  if (stageIn(body, 'before') === stageIn(body, 'after')) return m.board_rests_reordered({ name });
  return m.board_rests_moved({ name, stage: stageName(card!.stage) });
}

/** The same of the card in one's own hand, and what a drop does now. */
export function changedWords(event: BoardEvent): string {
  const { kind, card } = event;
  const reference = card!.reference;
  const name = whoOf(event);
  return kind === 'record.moved'
    ? m.board_moved_in_hand({ name, reference, stage: stageName(card!.stage) })
    : m.board_changed_in_hand({ name, reference });
}
