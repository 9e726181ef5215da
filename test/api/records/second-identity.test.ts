import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import type { Card } from '#shared/contract/record.ts';
import type { Verdict } from '#shared/contract/finding.ts';
import { invitations } from '#server/db/schema.ts';
import type { Client } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { readyRecord, move, tickAll, accept } from '#test/support/records.ts';
import { eventsOf } from '#test/support/writes.ts';
import { decide, proposed, withoutMass } from '#test/support/waivers.ts';

const ctx = useTestServer();
beforeEach(() => ctx.server.db.delete(invitations));

/** The row of an accepted invitation. */
async function joinedThrough(inviter: Client, person: Client, how: 'link' | 'mail') {
  const { users, server } = ctx;
  const [row] = await server.db
    .insert(invitations)
    .values({
      organisationId: users.organisation,
      tokenHash: crypto.randomUUID(),
      email: 'joined@works.example',
      admin: false,
      duties: [],
      invitedBy: inviter.id,
      expiresAt: new Date(),
      acceptedAt: new Date(),
      acceptedBy: person.id,
      mailed: how === 'mail',
      unproven: how === 'link',
    })
    .returning();
  return row!;
}

/** The rules with findings when a record moves to signing, past the output gate. */
async function rulesOnMove(card: Card): Promise<string[]> {
  const { users, server } = ctx;
  const { left } = await eventsOf(server.db, users.scope, () => move(users.lead, card, 'output'));
  const { findings } = (left[0]!.body as { verdict: Verdict }).verdict;
  return findings
    .filter(({ rule }) => ['P16', 'P17'].includes(rule))
    .map(({ rule, severity }) => `${rule} ${severity}`);
}

test('[P16] a review by a person invited by link by an editor of the data passes with a warning (fault S15)', async () => {
  const { dataOwner, reviewer } = ctx.users;
  await joinedThrough(dataOwner, reviewer, 'link');
  expect(await rulesOnMove(await readyRecord(ctx))).toEqual(['P16 warning']);
});

test('[P16] has no finding if the administrator invited, or a mail has proved the address since (fault S15)', async () => {
  const { admin, dataOwner, reviewer } = ctx.users;
  await joinedThrough(admin, reviewer, 'link');
  expect(await rulesOnMove(await readyRecord(ctx))).toEqual([]);
  await ctx.server.db
    .update(invitations)
    .set({ invitedBy: dataOwner.id })
    .where(eq(invitations.acceptedBy, reviewer.id));
  await joinedThrough(admin, reviewer, 'mail');
  expect(await rulesOnMove(await readyRecord(ctx))).toEqual([]);
});

test('[P17] a waiver approved by a person whom the requester invited by link passes with a warning (fault S15)', async () => {
  const { users } = ctx;
  const card = await withoutMass(ctx);
  await joinedThrough(users.dataOwner, users.lead, 'link');
  await decide(users.lead, await proposed(ctx, card.id, users.dataOwner));
  await tickAll(ctx, card.id);
  await accept(users, card);
  expect(await rulesOnMove(card)).toEqual(['P17 warning']);
});
