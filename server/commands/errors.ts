import type { Finding } from '#shared/contract/finding.ts';
import type { StaleField, Thing } from '#shared/contract/problem.ts';

/** The four ways in which a command refuses. Throwing one rolls back everything the command did. */

/** A gate, a rule or a line of the ownership table prevents it; the findings name it. */
export class Refused extends Error {
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[]) {
    super('refused');
    this.findings = findings;
  }
}

/** A field that this command changes no longer has the value the caller saw. `current` is its present value. */
export class Stale extends Error {
  readonly field: StaleField;
  readonly current: unknown;
  /** The path in the data, for the field `entry`. */
  readonly path: string | null;
  constructor(field: StaleField, current: unknown, path: string | null = null) {
    super('stale');
    this.field = field;
    this.current = current;
    this.path = path;
  }
}

/** It does not exist for this person; the error does not reveal whether it exists for others. */
export class NotFound extends Error {
  readonly what: Thing;
  constructor(what: Thing) {
    super('not found');
    this.what = what;
  }
}

/** It exists, but this person may not do this. */
export class Forbidden extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super('forbidden');
    this.finding = finding;
  }
}

/** Throws Forbidden with the denial, if there is one. */
export function assertAllowed(finding: Finding | null): void {
  if (finding) throw new Forbidden(finding);
}
