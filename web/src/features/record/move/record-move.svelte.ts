import type { StageKey } from '#shared/contract/stage.ts';
import { isForward } from '#shared/domain/operating-model.ts';
import { stageName } from '#shared/text/names.ts';
import { call } from '#lib/api.ts';
import { announce } from '#lib/announcer.svelte.ts';
import { ownOperations } from '#lib/own-operations.svelte.ts';
import { m } from '#lib/paraglide/messages.js';
import { seenIn } from '#lib/documents/open-documents.ts';
import type { OpenRecord } from '../state/open-record.svelte.ts';
import type { RequestRefusal } from '../state/refusal.ts';

/** Moves the open record to another stage: asks for the reason of a move back, keeps the refusal. */
export class RecordMove {
  /** The target of a move back that still needs its reason. */
  asking = $state<StageKey | null>(null);
  refused = $state.raw<{ to: StageKey; refusal: RequestRefusal } | null>(null);
  busy = $state(false);
  readonly #record: OpenRecord;

  constructor(record: OpenRecord) {
    this.#record = record;
  }

  async to(stage: StageKey, reason?: string): Promise<void> {
    const from = this.#record.card.stage;
    if (!isForward(from, stage) && reason === undefined) {
      this.asking = stage;
      return;
    }
    this.busy = true;
    const { reference } = this.#record.card;
    const words = () => m.board_did_move({ reference, stage: stageName(stage) });
    const refusal = await this.#record.attempt(() =>
      ownOperations.doing([this.#record.id, from, stage, reason], words, (operation) =>
        call('post /api/records/{record}/move', {
          params: { record: this.#record.id },
          body: { from, to: stage, ...(reason ? { reason } : {}), ...seenIn(this.#record.id) },
          operation,
        }),
      ),
    );
    this.busy = false;
    this.asking = null;
    this.refused = refusal && { to: stage, refusal };
    if (!refusal) announce(m.record_move_done({ reference, stage: stageName(stage) }));
  }
}
