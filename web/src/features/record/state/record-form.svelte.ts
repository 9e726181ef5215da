import type { Card } from '#shared/contract/record.ts';
import type { OpenRecord } from './open-record.svelte.ts';
import { isUnknown, type RequestRefusal } from './refusal.ts';

/** A form that runs one command on a record. `ondone` is called on success. */
export class RecordForm {
  busy = $state(false);
  refusal = $state.raw<RequestRefusal | null>(null);
  readonly #record: () => OpenRecord;
  readonly #done: () => void;

  constructor(record: () => OpenRecord, ondone: () => void) {
    this.#record = record;
    this.#done = ondone;
  }

  /** The answer is lost. */
  get locked(): boolean {
    return isUnknown(this.refusal);
  }

  async send(event: SubmitEvent, work: () => Promise<{ card: Card }>): Promise<void> {
    event.preventDefault();
    this.busy = true;
    this.refusal = await this.#record().attempt(work);
    this.busy = false;
    if (!this.refusal) this.#done();
  }
}
