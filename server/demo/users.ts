import type { Duty } from '#shared/contract/duty.ts';
import type { Person } from '#shared/contract/person.ts';
import { acceptInvitation } from '#server/commands/people/accept-invitation.ts';
import type { Services } from '#server/commands/command.ts';
import { createOrganisation } from '#server/commands/people/create-organisation.ts';
import { createScope } from '#server/commands/scopes/create.ts';
import { invitePerson } from '#server/commands/people/invite.ts';
import type { DemoCast } from '#server/http/serve.ts';

export const demoUsers: DemoCast = {
  password: 'show me the board',
  people: [
    { name: 'Ingrid Solberg', email: 'ingrid@demo.example', duty: 'lead' },
    { name: 'Mateo Brandt', email: 'mateo@demo.example', duty: 'dataOwner' },
    { name: 'Aiko Tamura', email: 'aiko@demo.example', duty: 'reviewer' },
    { name: 'Lena Kowal', email: 'lena@demo.example', duty: 'outputPreparer' },
    { name: 'Henrik Voss', email: 'henrik@demo.example', duty: 'signatory' },
    { name: 'Priya Raman', email: 'priya@demo.example', duty: 'observer' },
  ],
};

export type Cast = Record<Duty, Person>;

/** Creates the sample organisation and its scope; everybody else joins by invitation. */
export async function loadDemoUsers(services: Services): Promise<{ cast: Cast; organisation: string; scope: string }> {
  const { password, people } = demoUsers;
  const [founder, ...others] = people;
  const founded = await createOrganisation(
    services,
    { actor: null, operation: null },
    { organisation: 'Nordhavn Motor', ...founder!, password },
  );
  const lead = { id: founded.person, name: founder!.name };
  const by = { actor: lead, operation: null };
  const { organisation } = founded;
  const { scope } = await createScope(services, by, {
    organisation,
    name: 'Nordhavn plant',
    prefix: 'PT',
  });
  const cast = { lead } as Cast;
  for (const { name, email, duty } of others) {
    const token = `demo ${email}`;
    await invitePerson(services, by, { organisation, email, admin: false, scope, duties: [duty], token, mailed: true });
    const { person } = await acceptInvitation(
      services,
      { actor: null, operation: null },
      { token, newcomer: { name, password } },
    );
    cast[duty] = { id: person, name };
  }
  return { cast, organisation, scope };
}
