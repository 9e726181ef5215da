import { sql } from 'drizzle-orm';
import { members, organisations } from '#server/db/schema.ts';
import { startTrail } from '#server/db/trail.ts';
import { addPerson, type NewPerson } from './add-person.ts';
import { command } from './command.ts';
import { NotFound } from './errors.ts';

/**
 * Creates the first organisation and its administrator; whoever calls holds the one-time link. Throws NotFound once
 * there is an organisation: the link is spent.
 */
export const createOrganisation = command(
  'create-organisation',
  async (act, input: NewPerson & { organisation: string }): Promise<{ organisation: string; person: string }> => {
    await act.tx.execute(sql`lock table organisations in exclusive mode`);
    const [first] = await act.tx.select({ id: organisations.id }).from(organisations).limit(1);
    if (first) throw new NotFound('link');
    const [organisation] = await act.tx
      .insert(organisations)
      .values({ name: input.organisation })
      .returning({ id: organisations.id });
    const person = await addPerson(act.tx, input);
    await act.tx.insert(members).values({ organisationId: organisation!.id, personId: person.id, admin: true });
    await startTrail(act.tx, organisation!.id, organisation!.id);
    act.record({
      trail: organisation!.id,
      kind: 'organisation.created',
      body: { name: input.organisation, administrator: person.id },
    });
    return { organisation: organisation!.id, person: person.id };
  },
);
