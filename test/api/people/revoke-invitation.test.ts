import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { setDuties } from '#server/commands/people/set-duties.ts';
import { invitations } from '#server/db/schema.ts';
import { signedIn, stranger, type Client } from '#test/support/client.ts';
import { addMember, by, password } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { freshEmail, invite } from '#test/support/invitation.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'delete /api/organisations/{organisation}/invitations/{invitation}';
const list = 'get /api/organisations/{organisation}/invitations';
const accept = 'post /api/invitations/{token}';
const newcomer = { name: 'Nils Ohm', password };

async function invited(more: Parameters<typeof invite>[1] = {}) {
  const { users, server } = ctx;
  const { token, email } = await invite(users, more);
  const [row] = await server.db.select().from(invitations).where(eq(invitations.email, email));
  return { token, email, params: { organisation: users.organisation, invitation: row!.id } };
}

const opens = async (token: string) => {
  const nobody = stranger(ctx.server);
  const preview = await nobody.fetch(`/api/invitations/${token}`);
  if (preview.status === 200) return true;
  const problem = await expectNoWrites(ctx.server.db, () =>
    nobody.refused(accept, { params: { token }, body: newcomer }),
  );
  expect([preview.status, problem.status]).toEqual([404, 404]);
  return false;
};

/** A separate administrator or lead, who can lose the permission. */
async function inviter(what: 'administrator' | 'lead'): Promise<Client> {
  const { users, server } = ctx;
  const person = await addMember(
    server.services,
    users.organisation,
    'Ivo Lind',
    freshEmail(),
    what === 'administrator',
  );
  if (what === 'lead') {
    await setDuties(server.services, by(users.admin), {
      scope: users.scope,
      person: person.id,
      from: [],
      to: ['lead'],
    });
  }
  return signedIn(server, person);
}

describe('every verb', () =>
  commandContract({
    route,
    kind: 'invitation.revoked',
    ctx,
    occasion: async () => ({
      by: ctx.users.admin,
      ask: { params: (await invited()).params },
      trail: ctx.users.organisation,
    }),
  }));

test('a revoked invitation no longer works and is no longer listed (fault S6)', async () => {
  const { admin, organisation } = ctx.users;
  const { token, email, params } = await invited();
  expect(await opens(token)).toBe(true);
  const { left } = await eventsOf(ctx.server.db, organisation, () => admin.call(route, { params }));
  expect(left).toMatchObject([{ body: { invitation: params.invitation, email } }]);
  expect(await opens(token)).toBe(false);
  const { invitations: listed } = await admin.call(list, { params: { organisation } });
  expect(listed.map((one) => one.email)).not.toContain(email);
  expect(await admin.refused(route, { params })).toMatchObject({ status: 404 });
});

test('an accepted invitation cannot be revoked (fault S6)', async () => {
  const { token, params } = await invited();
  await stranger(ctx.server).call(accept, { params: { token }, body: newcomer });
  expect(await expectNoWrites(ctx.server.db, () => ctx.users.admin.refused(route, { params }))).toMatchObject({
    status: 404,
  });
});

test('a lead revokes and sees the invitations they may create: their scope, no administrators; others do neither (faults S6, S22)', async () => {
  const { users, server } = ctx;
  const { organisation, lead, observer } = users;
  const [plain, admin] = [await invited(), await invited({ admin: true })];
  const { invitations: seen } = await lead.call(list, { params: { organisation } });
  expect(seen.map(({ email }) => email)).toContain(plain.email);
  expect(seen.map(({ email }) => email)).not.toContain(admin.email);
  await expectNoWrites(server.db, async () => {
    expect(await lead.refused(route, { params: admin.params })).toMatchObject({
      status: 403,
      findings: [{ rule: 'O04' }],
    });
    expect(await observer.refused(route, { params: plain.params })).toMatchObject({ status: 403 });
    expect(await observer.refused(list, { params: { organisation } })).toMatchObject({ status: 403 });
  });
  await lead.call(route, { params: plain.params });
});

test('removing an administrator revokes their invitations, in the trail too (fault S6)', async () => {
  const { users, server } = ctx;
  const gone = await inviter('administrator');
  const { token, params } = await invited({ by: gone, admin: true });
  expect(await opens(token)).toBe(true);
  const { left } = await eventsOf(server.db, users.organisation, () =>
    users.admin.call('delete /api/organisations/{organisation}/people/{person}', {
      params: { organisation: users.organisation, person: gone.id },
      body: null,
    }),
  );
  expect(left.map(({ kind }) => kind).sort()).toEqual(['invitation.revoked', 'person.removed']);
  expect(await opens(token)).toBe(false);
  const [row] = await server.db
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, params.invitation)));
  expect(row).toMatchObject({ revokedBy: users.admin.id, revokedAt: expect.any(Date) as Date });
});

test('an invitation of a lead who lost the duty does not work, and the list shows it (fault S6)', async () => {
  const { users, server } = ctx;
  const lead = await inviter('lead');
  const { token, email } = await invited({ by: lead });
  expect(await opens(token)).toBe(true);
  const scope = { scope: users.scope, person: lead.id };
  await setDuties(server.services, by(users.admin), { ...scope, from: ['lead'], to: ['observer'] });
  expect(await opens(token)).toBe(false);
  const { invitations: listed } = await users.admin.call(list, { params: { organisation: users.organisation } });
  expect(listed.find((one) => one.email === email)).toMatchObject({ opens: false });
});

test('e-mail addresses of others are visible only to people who manage members (fault S22)', async () => {
  const { admin, lead, observer, organisation, scope } = ctx.users;
  const emails = async (reader: Client) => {
    const { people } = await reader.call('get /api/organisations/{organisation}/people', { params: { organisation } });
    const view = await reader.call('get /api/scopes/{scope}', { params: { scope } });
    return [...people, ...view.people].filter(({ id }) => id !== reader.id).map(({ email }) => email);
  };
  for (const reader of [admin, lead]) expect(await emails(reader)).not.toContain(null);
  expect(new Set(await emails(observer))).toEqual(new Set([null]));
  const view = await observer.call('get /api/scopes/{scope}', { params: { scope } });
  expect(view.people.find(({ id }) => id === observer.id)!.email).toBe('observer@works.example');
});
