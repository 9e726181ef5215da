import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { previewMove } from '#shared/domain/judge.ts';
import { isForward, stageKeys } from '#shared/domain/operating-model.ts';
import { moveDenial, type Actor } from '#shared/domain/ownership.ts';
import { stageName } from '#shared/text/names.ts';

/** A stage the record might move to, with the verdict from its card. The server decides. */
export interface MoveChoice {
  stage: StageKey;
  title: string;
  back: boolean;
  /** The denial, where this person may not make the move; null: they may. */
  barred: Finding | null;
  /** Number of requirements that are missing in the gates on the way. */
  missing: number;
}

export function moveChoices(card: Card, actor: Actor): MoveChoice[] {
  return stageKeys
    .filter((stage) => stage !== card.stage)
    .map((stage) => {
      const preview = previewMove(card.gates, card.stage, stage);
      return {
        stage,
        title: stageName(stage),
        back: !isForward(card.stage, stage),
        barred: moveDenial(actor, card, stage),
        missing: preview.open ? 0 : preview.more + 1,
      };
    });
}
