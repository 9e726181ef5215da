import type { Self } from '#shared/contract/person.ts';

/** Whether a person may change the approvals register of a scope's organisation. */
export function managesRegister(self: Self | null, scope: { organisation: { id: string } }): boolean {
  return Boolean(self?.memberships.find(({ organisation }) => organisation.id === scope.organisation.id)?.leads);
}
