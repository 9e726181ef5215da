import type { Finding } from '#shared/contract/finding.ts';
import type { Person } from '#shared/contract/person.ts';

/** A document's view of one of its sockets. */
export interface Subscriber {
  person: Person;
  acknowledges: boolean;
  send(frame: Uint8Array): void;
  close(code: number): void;
  /** Closes the socket with the finding that explains why its update is refused. */
  refuse(finding: Finding): void;
}
