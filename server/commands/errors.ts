import type { Finding } from '#shared/contract/finding.ts';
import type { StaleField, Thing } from '#shared/contract/problem.ts';

/** The four ways a command says no. Throwing one rolls back everything the command did. */

/** A gate, a rule or an ownership line is against it; the findings say which. */
export class Refused extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super('refused');
    this.findings = findings;
  }
}

/** A field this command touches is no longer what the caller saw. `current` is what it is now. */
export class Stale extends Error {
  readonly field: StaleField;
  readonly current: unknown;
  /** Where in the data, for the field `entry`. */
  readonly path: string | null;
  constructor(field: StaleField, current: unknown, path: string | null = null) {
    super('stale');
    this.field = field;
    this.current = current;
    this.path = path;
  }
}

/** There is no such thing for this person; whether it exists for others is not said. */
export class NotFound extends Error {
  readonly what: Thing;
  constructor(what: Thing) {
    super('not found');
    this.what = what;
  }
}

/** It exists, but this act is not this person's. */
export class Forbidden extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super('forbidden');
    this.finding = finding;
  }
}

/** Throws the finding of an ownership question, if there is one. */
export function assertAllowed(finding: Finding | null): void {
  if (finding) throw new Forbidden(finding);
}
