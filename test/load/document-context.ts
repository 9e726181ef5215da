import { asc, eq } from 'drizzle-orm';
import type { Person } from '#shared/contract/person.ts';
import { addPerson } from '#server/commands/people/add-person.ts';
import type { Config } from '#server/app/config.ts';
import { openDatabase } from '#server/db/driver/open-database.ts';
import { members, records, scopeDuties } from '#server/db/schema.ts';
import { fill, sessionOf } from './fill.ts';

export const secret = 'a secret that only the bench knows!';

export interface Writer extends Person {
  cookie: string;
}

/** A scope with new records, and people who may write in their documents. */
export interface DocumentContext {
  records: string[];
  writers: Writer[];
}

export async function documentContext(
  config: Config['database'],
  size: { records: number; writers: number },
): Promise<DocumentContext> {
  const database = await openDatabase(config);
  const { db } = database;
  const { organisation, scope } = await fill(db, secret, size.records);
  const writers: Writer[] = [];
  for (let n = 1; n <= size.writers; n++) {
    const person = await db.transaction(async (tx) => {
      const name = `Writer ${n}`;
      const added = await addPerson(tx, {
        name,
        email: `writer${n}@bench.example`,
        password: 'a password of the bench',
      });
      await tx.insert(members).values({ organisationId: organisation, personId: added.id });
      await tx.insert(scopeDuties).values({ scopeId: scope, personId: added.id, duty: 'lead' });
      return added;
    });
    writers.push({ id: person.id, name: person.name, cookie: await sessionOf(db, secret, person.id) });
  }
  const rows = await db
    .select({ id: records.id })
    .from(records)
    .where(eq(records.scopeId, scope))
    .orderBy(asc(records.reference));
  await database.close();
  return { records: rows.map(({ id }) => id), writers };
}
