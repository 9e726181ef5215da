import type { Context } from 'hono';
import { personHeader } from '#shared/contract/person-header.ts';
import type { Person } from '#shared/contract/person.ts';
import { OtherPerson, SignedOut } from './problem.ts';

/**
 * A page says with every write whose page it is. Somebody else may have signed in in another tab since: the cookie is
 * theirs then. Throws OtherPerson, or SignedOut where the cookie is nobody's. A request without the header passes.
 */
export function checkPersonHeader(c: Context, person: Person | null): void {
  const named = c.req.header(personHeader);
  if (named === undefined || named === person?.id) return;
  throw person ? new OtherPerson() : new SignedOut();
}
