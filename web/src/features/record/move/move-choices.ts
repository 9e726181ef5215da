import type { Finding } from '#shared/contract/finding.ts';
import type { Card } from '#shared/contract/record.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { previewMove } from '#shared/domain/judge.ts';
import { isForward, stageKeys } from '#shared/domain/operating-model.ts';
import { moveDenial, type Actor } from '#shared/domain/ownership.ts';
import { stageName } from '#shared/text/names.ts';

/** A stage a record might go to, with what its card already says of it. The server decides. */
export interface MoveChoice {
  stage: StageKey;
  title: string;
  back: boolean;
  /** Whose act it is, where it is not this person's. */
  barred: Finding | null;
  /** What the gates on the way still miss. */
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
