/** A request exceeds its limit. `seconds`: when to retry, at least 1. */
export class TooMany extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('too many requests');
    this.seconds = Math.max(1, Math.ceil(seconds));
  }
}
