import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedIn, stranger } from '#test/support/client.ts';
import { seedOrganisation, password, type SeededOrganisation } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { freshEmail, invite } from '#test/support/invitation.ts';
import { startMailServer, type TestMailServer } from '#test/support/mail-server.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';
import { eventsOf } from '#test/support/writes.ts';

const route = 'post /api/organisations/{organisation}/invitations';
const accept = 'post /api/invitations/{token}';
const newcomer = { name: 'Nils Ohm', password };

describe('with mail', () => {
  let mail: TestMailServer;
  let server: TestServer;
  let users: SeededOrganisation;
  beforeAll(async () => {
    mail = await startMailServer();
    server = await startTestServer({ mailUrl: mail.url });
    users = await seedOrganisation(server);
  });
  afterAll(async () => {
    await server?.close();
    await mail?.close();
  });

  const ask = (email = freshEmail()) => ({
    params: { organisation: users.organisation },
    body: { email, scope: users.scope, duties: ['reviewer' as const] },
    operation: crypto.randomUUID(),
  });
  /** The link in the newest mail, decoded from quoted-printable. */
  const mailedToken = () =>
    /\/join\/([\w-]{43})/.exec(
      mail.mails
        .at(-1)!
        .content.replaceAll(/=\r?\n/g, '')
        .replaceAll('=3D', '='),
    )![1]!;

  test('the link goes to the invited mailbox and not to the inviter; the person who opens it is verified (fault S15)', async () => {
    const asked = ask();
    const answer = await users.lead.call(route, asked);
    expect(answer).toMatchObject({ link: null, invitation: { mailed: true } });
    expect(mail.mails.at(-1)!.to).toEqual([asked.body.email]);
    const { left, answer: joined } = await eventsOf(server.db, users.organisation, () =>
      stranger(server).call(accept, { params: { token: mailedToken() }, body: newcomer }),
    );
    expect(left).toMatchObject([{ kind: 'person.joined', body: { invitedBy: users.lead.id, verified: true } }]);
    const { people } = await users.lead.call('get /api/scopes/{scope}', { params: { scope: users.scope } });
    expect(people.find(({ id }) => id === joined.person)).toMatchObject({ linkFrom: null });
  });

  test('an unaccepted mail answers 503, and retrying the same operation sends it once more (fault S15)', async () => {
    const asked = ask();
    mail.refuseNext(1, 451);
    const before = mail.mails.length;
    const answer = await users.lead.fetch(`/api/organisations/${users.organisation}/invitations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'operation-id': asked.operation },
      body: JSON.stringify(asked.body),
    });
    expect([answer.status, await answer.json()]).toMatchObject([503, { type: 'failed' }]);
    expect(mail.mails).toHaveLength(before);
    await users.lead.call(route, asked);
    expect(mail.mails).toHaveLength(before + 1);
    const { invitations } = await users.lead.call('get /api/organisations/{organisation}/invitations', {
      params: { organisation: users.organisation },
    });
    expect(invitations.filter(({ email }) => email === asked.body.email)).toHaveLength(1);
  });
});

describe('without mail', () => {
  const ctx = useTestServer();

  test('a person who joins through a shared link is unverified, in the trail and in the list of people (fault S15)', async () => {
    const { users, server } = ctx;
    const { token } = await invite(users, { by: users.lead });
    const { left, answer } = await eventsOf(server.db, users.organisation, () =>
      stranger(server).call(accept, { params: { token }, body: newcomer }),
    );
    expect(left).toMatchObject([{ kind: 'person.joined', body: { invitedBy: users.lead.id, verified: false } }]);
    const seen = await users.observer.call('get /api/scopes/{scope}', { params: { scope: users.scope } });
    expect(seen.people.find(({ id }) => id === answer.person)).toMatchObject({ linkFrom: 'Lena Ahrens' });
    expect(seen.people.filter(({ linkFrom }) => linkFrom !== null)).toHaveLength(1);
  });

  test('a member who opens another link keeps their status (fault S15)', async () => {
    const { users, server } = ctx;
    const { token } = await invite(users, { by: users.lead, email: 'observer@works.example' });
    const observer = await signedIn(server, users.observer);
    await observer.call(accept, { params: { token }, body: null });
    const { people } = await observer.call('get /api/scopes/{scope}', { params: { scope: users.scope } });
    expect(people.find(({ id }) => id === observer.id)).toMatchObject({ linkFrom: null });
  });
});
