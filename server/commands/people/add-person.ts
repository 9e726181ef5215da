import { hashPassword } from 'better-auth/crypto';
import type { Person } from '#shared/contract/person.ts';
import type { Tx } from '#server/db/driver/client.ts';
import { accounts, people } from '#server/db/schema.ts';
import { v7 } from '#server/db/driver/uuid.ts';

export interface NewPerson {
  name: string;
  email: string;
  password: string;
  /** The invitation was mailed to this address. */
  emailVerified?: boolean;
}

/** Writes a person with a password in the format of the sign-in library. Part of the commands that admit people. */
export async function addPerson(tx: Tx, { name, email, password, emailVerified = false }: NewPerson): Promise<Person> {
  const id = v7();
  await tx.insert(people).values({ id, name, email: email.toLowerCase(), emailVerified });
  await tx
    .insert(accounts)
    .values({ accountId: id, userId: id, providerId: 'credential', password: await hashPassword(password) });
  return { id, name };
}
