import type { StageKey } from '#shared/contract/stage.ts';
import { nextStage } from '#shared/domain/operating-model.ts';

/** The stage a new exception blocks by default: the next one. */
export const blockedFrom = (stage: StageKey): StageKey => nextStage(stage) ?? stage;
