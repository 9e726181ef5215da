import { randomUUID } from 'node:crypto';
import type { Duty } from '#shared/contract/duty.ts';
import type { Db } from '#server/db/driver/client.ts';
import { members, people, scopeDuties } from '#server/db/schema.ts';
import { sessionOf } from './fill.ts';

/** Creates members with one duty in a scope and without a password; returns their session cookies. */
export async function addPeople(
  db: Db,
  secret: string,
  { organisation, scope }: { organisation: string; scope: string },
  duty: Duty,
  count: number,
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await db
    .insert(people)
    .values(ids.map((id) => ({ id, name: `Bench ${duty}`, email: `${id}@bench.example`, emailVerified: true })));
  await db.insert(members).values(ids.map((personId) => ({ organisationId: organisation, personId, admin: false })));
  await db.insert(scopeDuties).values(ids.map((personId) => ({ scopeId: scope, personId, duty })));
  return Promise.all(ids.map((id) => sessionOf(db, secret, id)));
}
