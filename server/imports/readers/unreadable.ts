import type { Finding } from '#shared/contract/finding.ts';
import type { UnreadableWhy } from '#shared/contract/unreadable-why.ts';

/** Thrown for a file that cannot be used at all. */
export class Unreadable extends Error {
  readonly why: UnreadableWhy;
  readonly params: Finding['params'];
  constructor(why: UnreadableWhy, params: Finding['params'] = {}) {
    super(why);
    this.why = why;
    this.params = params;
  }
}
