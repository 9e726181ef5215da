import type { z } from 'zod';
import type { NewScope } from '#shared/contract/scope.ts';
import type { Finding } from '#shared/contract/finding.ts';
import { adminDenial } from '#shared/domain/ownership.ts';
import { membershipOf } from '#server/db/access.ts';
import { scopeDuties, scopes } from '#server/db/schema.ts';
import { startTrail } from '#server/db/trail.ts';
import { command } from '../command.ts';
import { assertAllowed, NotFound, Refused } from '../errors.ts';

type Input = z.infer<typeof NewScope> & { organisation: string };

/** Creates a scope; its creator becomes the lead. Throws Forbidden, and Refused if the prefix is taken. */
export const createScope = command('create-scope', async (ctx, input: Input): Promise<{ scope: string }> => {
  const membership = ctx.actor && (await membershipOf(ctx.tx, ctx.actor.id, input.organisation));
  if (!membership) throw new NotFound('organisation');
  assertAllowed(adminDenial(membership));
  const [scope] = await ctx.tx
    .insert(scopes)
    .values({ organisationId: input.organisation, name: input.name, prefix: input.prefix })
    .onConflictDoNothing()
    .returning({ id: scopes.id });
  if (!scope) throw new Refused([prefixTaken(input.prefix)]);
  await ctx.tx.insert(scopeDuties).values({ scopeId: scope.id, personId: ctx.actor!.id, duty: 'lead' });
  await startTrail(ctx.tx, scope.id, input.organisation);
  ctx.record({ trail: scope.id, kind: 'scope.created', body: { name: input.name, prefix: input.prefix } });
  return { scope: scope.id };
});

/** M04. */
const prefixTaken = (prefix: string): Finding => ({
  rule: 'M04',
  key: 'scope.prefixTaken',
  params: { prefix },
  severity: 'error',
  entry: null,
  mend: [],
});
