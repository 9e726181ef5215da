import type { StageKey } from '#shared/contract/stage.ts';
import { nextStage } from '#shared/domain/operating-model.ts';

/** The stage a new exception keeps a record out of, unless somebody says otherwise: the one it would enter next. */
export const blockedFrom = (stage: StageKey): StageKey => nextStage(stage) ?? stage;
