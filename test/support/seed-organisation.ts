import { randomUUID } from 'node:crypto';
import type { Duty } from '#shared/contract/duty.ts';
import type { Person } from '#shared/contract/person.ts';
import { addPerson } from '#server/commands/people/add-person.ts';
import { createOrganisation } from '#server/commands/people/create-organisation.ts';
import { registerApproval } from '#server/commands/approvals/register.ts';
import { sampleApprovals } from '#shared/domain/samples/approvals.ts';
import { createScope } from '#server/commands/scopes/create.ts';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { members, organisations } from '#server/db/schema.ts';
import { startTrail } from '#server/db/trail.ts';
import type { HttpServices } from '#server/http/serve.ts';
import { signedIn, type Client } from './client.ts';
import type { TestServer } from './server.ts';

/** An organisation with one scope, six people with one duty each, and an unrelated second organisation. */
export interface SeededOrganisation extends Record<Duty, Client> {
  organisation: string;
  /** References begin with `PT-`. */
  scope: string;
  /** Administers the organisation and has no duty in the scope. */
  admin: Client;
  elsewhere: { organisation: string; scope: string; admin: Client };
}

/** The password of everybody here; the e-mail is `<duty>@works.example`. */
export const password = 'ten letters or more';

const names: Record<Duty, string> = {
  lead: 'Lena Ahrens',
  dataOwner: 'Dario Costa',
  reviewer: 'Runa Voss',
  outputPreparer: 'Otto Lind',
  signatory: 'Sira Dahl',
  observer: 'Ola Berg',
};

/** Creates both organisations, through the commands where there is one. */
export async function seedOrganisation(server: TestServer): Promise<SeededOrganisation> {
  const { services } = server;
  const { organisation, person } = await createOrganisation(services, by(null), {
    organisation: 'Nordwerk Vans',
    name: 'Ada Prime',
    email: 'admin@works.example',
    password,
  });
  const admin = { id: person, name: 'Ada Prime' };
  const { scope } = await createScope(services, by(admin), { organisation, name: 'Panel vans', prefix: 'PT' });
  const people = await Promise.all(
    (Object.entries(names) as [Duty, string][]).map(async ([duty, name]) => {
      const member = await addMember(services, organisation, name, `${duty}@works.example`);
      await setDuties(services, by(admin), { scope, person: member.id, from: [], to: [duty] });
      return [duty, await signedIn(server, member)] as const;
    }),
  );
  for (const approval of sampleApprovals()) {
    const signatories = [{ name: names.signatory, position: null }];
    await registerApproval(services, by(admin), { organisation, ...approval, signatories });
  }
  await setDuties(services, by(admin), { scope, person: admin.id, from: ['lead'], to: [] });
  return {
    ...(Object.fromEntries(people) as Record<Duty, Client>),
    organisation,
    scope,
    admin: await signedIn(server, admin),
    elsewhere: await foundElsewhere(server),
  };
}

/** No command creates a second organisation; these are the rows that createOrganisation would write. */
async function foundElsewhere(server: TestServer): Promise<SeededOrganisation['elsewhere']> {
  const { services, db } = server;
  const [organisation] = await db.insert(organisations).values({ name: 'Elsewhere Trucks' }).returning();
  await db.transaction((tx) => startTrail(tx, organisation!.id, organisation!.id));
  const admin = await addMember(services, organisation!.id, 'Elmo Fern', 'elmo@elsewhere.example', true);
  const { scope } = await createScope(services, by(admin), {
    organisation: organisation!.id,
    name: 'Lorries',
    prefix: 'PT',
  });
  return { organisation: organisation!.id, scope, admin: await signedIn(server, admin) };
}

/** Adds a member as an accepted invitation does. */
export async function addMember(
  { db }: Pick<HttpServices, 'db'>,
  organisation: string,
  name: string,
  email: string,
  admin = false,
): Promise<Person> {
  return db.transaction(async (tx) => {
    const person = await addPerson(tx, { name, email, password });
    await tx.insert(members).values({ organisationId: organisation, personId: person.id, admin });
    return person;
  });
}

/** The call of a command by a person, with a new operation id. */
export const by = (actor: Person | null) => ({ actor, operation: randomUUID() });
