import type { Finding } from '#shared/contract/finding.ts';
import type { Person } from '#shared/contract/person.ts';

/** One socket on a document, as the document sees it. */
export interface Subscriber {
  person: Person;
  acknowledges: boolean;
  send(frame: Uint8Array): void;
  close(code: number): void;
  /** Its update is against a rule: it is closed with what says which. */
  refuse(finding: Finding): void;
}
