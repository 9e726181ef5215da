import { sql } from 'drizzle-orm';
import { isTimeZone } from '#shared/domain/day.ts';
import { members, organisations } from '#server/db/schema.ts';
import { startTrail } from '#server/db/trail.ts';
import { addPerson, type NewPerson } from './add-person.ts';
import { command } from '../command.ts';
import { NotFound, Refused } from '../errors.ts';
import { unknownZone } from '../scopes/set-time-zone.ts';

type Input = NewPerson & { organisation: string; timeZone?: string };

/**
 * Creates the first organisation and its administrator; the caller has the one-time link. Throws NotFound once an
 * organisation exists, because the link is spent, and Refused for an invalid time zone.
 */
export const createOrganisation = command(
  'create-organisation',
  async (
    ctx,
    { organisation: name, timeZone = 'UTC', ...newcomer }: Input,
  ): Promise<{ organisation: string; person: string }> => {
    if (!isTimeZone(timeZone)) throw new Refused([unknownZone(timeZone)]);
    await ctx.tx.execute(sql`lock table organisations in exclusive mode`);
    const [first] = await ctx.tx.select({ id: organisations.id }).from(organisations).limit(1);
    if (first) throw new NotFound('link');
    const [organisation] = await ctx.tx
      .insert(organisations)
      .values({ name, timeZone })
      .returning({ id: organisations.id });
    const person = await addPerson(ctx.tx, newcomer);
    await ctx.tx.insert(members).values({ organisationId: organisation!.id, personId: person.id, admin: true });
    await startTrail(ctx.tx, organisation!.id, organisation!.id);
    ctx.record({
      trail: organisation!.id,
      kind: 'organisation.created',
      body: { name, timeZone, administrator: person.id },
    });
    return { organisation: organisation!.id, person: person.id };
  },
);
