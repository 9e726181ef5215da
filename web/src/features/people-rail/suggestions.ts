import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { nextStage } from '#shared/domain/operating-model.ts';
import { previewMove } from '#shared/domain/judge.ts';
import { sentence } from '#shared/text/sentence.ts';
import { stageName } from '#shared/text/names.ts';
import { m } from '#lib/paraglide/messages.js';

const longest = 200;

const usual: Record<StageKey, () => string> = {
  intake: m.handing_do_intake,
  data: m.handing_do_data,
  review: m.handing_do_review,
  output: m.handing_do_output,
  signing: m.handing_do_signing,
  delivery: m.handing_do_delivery,
  archive: m.handing_do_archive,
};

/**
 * Suggestions for the next action of these cards, the most likely first: the present text, what blocks them, the move
 * to the next stage, their stage, their gate.
 */
export function suggestionsFor(cards: readonly Card[]): string[] {
  const message = cards.flatMap(({ nextAction: { what } }) => what ?? []);
  const shared = cards.every(({ nextAction }) => nextAction.what === message[0]) ? message.slice(0, 1) : [];
  const blocked = cards.length === 1 ? cards.flatMap(({ blocked: { reason } }) => reason ?? []) : [];
  return [
    ...new Set([
      ...shared,
      ...blocked.map((reason) => m.handing_do_blocked({ reason })),
      ...(cards.length === 1 ? onward(cards[0]!) : []),
      ...(new Set(cards.map(({ stage }) => stage)).size === 1 ? [usual[cards[0]!.stage]()] : []),
      ...(cards.length === 1 ? asked(cards[0]!) : []),
    ]),
  ].map((text) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text));
}

/** The move to the next stage, where its gate is open. */
function onward({ gates, stage }: Card): string[] {
  const next = nextStage(stage);
  const met = next !== null && gates.length > 0 && previewMove(gates, stage, next).open;
  return met ? [m.handing_do_move({ stage: stageName(next) })] : [];
}

/** The first requirement of the next gate. */
function asked({ gates, stage }: Card): string[] {
  const next = nextStage(stage);
  const first = next && previewMove(gates, stage, next).first;
  return first ? [sentence(first)] : [];
}
