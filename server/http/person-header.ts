import type { Context } from 'hono';
import { personHeader } from '#shared/contract/person-header.ts';
import type { Person } from '#shared/contract/person.ts';
import { OtherPerson, SignedOut } from './problem.ts';

/**
 * Every write from a page names the person the page was loaded for. Somebody else may have signed in since, in another
 * tab; the cookie is then theirs. Throws OtherPerson if the cookie belongs to somebody else, SignedOut if it belongs to
 * nobody. Accepts requests without the header.
 */
export function checkPersonHeader(c: Context, person: Person | null): void {
  const named = c.req.header(personHeader);
  if (named === undefined || named === person?.id) return;
  throw person ? new OtherPerson() : new SignedOut();
}
