import { describe, expect, test } from 'vitest';
import type { Duty } from '#shared/contract/duty.ts';
import { invitations } from '#server/db/schema.ts';
import { stranger } from '#test/support/client.ts';
import { useTestServer } from '#test/support/context.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'post /api/organisations/{organisation}/invitations';
const ask = (more: { admin?: boolean; scope?: string | null; email?: string } = {}) => ({
  params: { organisation: ctx.users.organisation },
  body: { email: freshEmail(), scope: ctx.users.scope, duties: ['reviewer'] as Duty[], ...more },
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'person.invited',
    ctx,
    occasion: async () => ({ by: ctx.users.admin, ask: ask(), trail: ctx.users.organisation }),
  }));

test('creates a link that shows inviter and invitee, and stores only its hash', async () => {
  const { users, server } = ctx;
  const { answer, left } = await eventsOf(server.db, users.organisation, () => users.admin.call(route, ask()));
  const token = answer.link!.split('/').at(-1)!;
  const preview = await stranger(server).call('get /api/invitations/{token}', { params: { token } });
  expect(preview).toEqual({
    organisation: 'Nordwerk Vans',
    email: answer.invitation.email,
    invitedBy: 'Ada Prime',
    known: false,
  });
  const rows = await server.db.select().from(invitations);
  expect(JSON.stringify([rows, left])).not.toContain(token);
  const { invitations: listed } = await users.lead.call('get /api/organisations/{organisation}/invitations', {
    params: { organisation: users.organisation },
  });
  expect(listed).toContainEqual(answer.invitation);
});

test('the lead invites into their own scope, not as administrator and not beyond it', async () => {
  const { users, server } = ctx;
  await users.lead.call(route, ask());
  await expectNoWrites(server.db, async () => {
    for (const more of [{ admin: true }, { scope: null }]) {
      expect(await users.lead.refused(route, ask(more))).toMatchObject({ status: 403, findings: [{ rule: 'O04' }] });
    }
    expect(await users.dataOwner.refused(route, ask())).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
  });
});

test('a scope of another organisation is not found', async () => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () =>
    users.admin.refused(route, ask({ scope: users.elsewhere.scope })),
  );
  expect(problem).toMatchObject({ status: 404 });
});

test('an invalid e-mail is refused with its path', async () => {
  const { users, server } = ctx;
  const problem = await expectNoWrites(server.db, () => users.admin.refused(route, ask({ email: 'nobody' })));
  expect(problem).toMatchObject({ status: 400, issues: [{ path: 'body.email' }] });
});
