import type { BoardEvent } from '#shared/contract/event.ts';
import { stageName } from '#shared/text/names.ts';
import { m } from '#lib/paraglide/messages.js';

const whoOf = ({ actor }: BoardEvent) => actor?.name ?? m.app_the_system();

/** `Aiko moved it to Review`: what happened to a card that is still shown in its old place. */
export function movedLabel(event: BoardEvent): string {
  const { kind, body, card } = event;
  const name = whoOf(event);
  if (kind !== 'record.moved') return m.board_rests_changed({ name });
  if (body.before.stage === body.after.stage) return m.board_rests_reordered({ name });
  return m.board_rests_moved({ name, stage: stageName(card!.stage) });
}

/** The same for the card this page drags, and what a drop does now. */
export function cardChangeLabel(event: BoardEvent): string {
  const { kind, card } = event;
  const reference = card!.reference;
  const name = whoOf(event);
  return kind === 'record.moved'
    ? m.board_moved_in_hand({ name, reference, stage: stageName(card!.stage) })
    : m.board_changed_in_hand({ name, reference });
}
