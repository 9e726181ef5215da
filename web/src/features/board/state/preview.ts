import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { previewMove } from '#shared/domain/judge.ts';
import { isForward, stageKeys } from '#shared/domain/operating-model.ts';
import { moveDenial, type Actor } from '#shared/domain/ownership.ts';

/** The preview of one column for a dragged card. The server decides again on the drop. */
export interface Preview {
  readonly stage: StageKey;
  readonly open: boolean;
  /** The first finding against it. */
  readonly first: Finding | null;
  readonly more: number;
  readonly way: 'here' | 'forward' | 'back';
}

export function previewOf(card: Card, actor: Actor, to: StageKey): Preview {
  const way = to === card.stage ? 'here' : isForward(card.stage, to) ? 'forward' : 'back';
  const gates = previewMove(card.gates, card.stage, to);
  const notTheirs = moveDenial(actor, card, to);
  if (!notTheirs) return { stage: to, open: gates.open, first: gates.first, more: gates.more, way };
  return { stage: to, open: false, first: notTheirs, more: gates.open ? 0 : gates.more + 1, way };
}

/** The previews of all columns. */
export function previewsOf(card: Card, actor: Actor): ReadonlyMap<StageKey, Preview> {
  return new Map(stageKeys.map((stage) => [stage, previewOf(card, actor, stage)]));
}
