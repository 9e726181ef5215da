import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signedIn, stranger } from '#test/support/client.ts';
import { founding, password, type Founding } from '#test/support/founding.ts';
import { standOn } from '#test/support/ground.ts';
import { freshEmail, invite } from '#test/support/invitation.ts';
import { startMailServer, type TestMailServer } from '#test/support/mail-server.ts';
import { startTestServer, type TestServer } from '#test/support/server.ts';
import { eventsOf } from '#test/support/trace.ts';

const route = 'post /api/organisations/{organisation}/invitations';
const accept = 'post /api/invitations/{token}';
const newcomer = { name: 'Nils Ohm', password };

describe('where the board sends mail', () => {
  let mail: TestMailServer;
  let server: TestServer;
  let cast: Founding;
  beforeAll(async () => {
    mail = await startMailServer();
    server = await startTestServer({ mailUrl: mail.url });
    cast = await founding(server);
  });
  afterAll(async () => {
    await server?.close();
    await mail?.close();
  });

  const ask = (email = freshEmail()) => ({
    params: { organisation: cast.organisation },
    body: { email, scope: cast.scope, duties: ['reviewer' as const] },
    operation: crypto.randomUUID(),
  });
  /** The link in the newest mail, as quoted-printable leaves it. */
  const mailedToken = () =>
    /\/join\/([\w-]{43})/.exec(
      mail.mails
        .at(-1)!
        .content.replaceAll(/=\r?\n/g, '')
        .replaceAll('=3D', '='),
    )![1]!;

  test('the link goes to the invited mailbox and not to the inviter; whoever opens it is verified (fault S15)', async () => {
    const asked = ask();
    const answer = await cast.lead.call(route, asked);
    expect(answer).toMatchObject({ link: null, invitation: { mailed: true } });
    expect(mail.mails.at(-1)!.to).toEqual([asked.body.email]);
    const { left, answer: joined } = await eventsOf(server.db, cast.organisation, () =>
      stranger(server).call(accept, { params: { token: mailedToken() }, body: newcomer }),
    );
    expect(left).toMatchObject([{ kind: 'person.joined', body: { invitedBy: cast.lead.id, verified: true } }]);
    const { people } = await cast.lead.call('get /api/scopes/{scope}', { params: { scope: cast.scope } });
    expect(people.find(({ id }) => id === joined.person)).toMatchObject({ linkFrom: null });
  });

  test('a mail that is not taken is said as not known, and the same operation sends it once more (fault S15)', async () => {
    const asked = ask();
    mail.refuseNext(1, 451);
    const before = mail.mails.length;
    const answer = await cast.lead.fetch(`/api/organisations/${cast.organisation}/invitations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'operation-id': asked.operation },
      body: JSON.stringify(asked.body),
    });
    expect([answer.status, await answer.json()]).toMatchObject([503, { type: 'failed' }]);
    expect(mail.mails).toHaveLength(before);
    await cast.lead.call(route, asked);
    expect(mail.mails).toHaveLength(before + 1);
    const { invitations } = await cast.lead.call('get /api/organisations/{organisation}/invitations', {
      params: { organisation: cast.organisation },
    });
    expect(invitations.filter(({ email }) => email === asked.body.email)).toHaveLength(1);
  });
});

describe('where it sends none', () => {
  const ground = standOn();

  test('whoever joins by a handed link is unverified, in the trail and in the list of people (fault S15)', async () => {
    const { cast, server } = ground;
    const { token } = await invite(cast, { by: cast.lead });
    const { left, answer } = await eventsOf(server.db, cast.organisation, () =>
      stranger(server).call(accept, { params: { token }, body: newcomer }),
    );
    expect(left).toMatchObject([{ kind: 'person.joined', body: { invitedBy: cast.lead.id, verified: false } }]);
    const seen = await cast.observer.call('get /api/scopes/{scope}', { params: { scope: cast.scope } });
    expect(seen.people.find(({ id }) => id === answer.person)).toMatchObject({ linkFrom: 'Lena Ahrens' });
    expect(seen.people.filter(({ linkFrom }) => linkFrom !== null)).toHaveLength(1);
  });

  test('a member who opens one more link stays who they are (fault S15)', async () => {
    const { cast, server } = ground;
    const { token } = await invite(cast, { by: cast.lead, email: 'observer@works.example' });
    const observer = await signedIn(server, cast.observer);
    await observer.call(accept, { params: { token }, body: null });
    const { people } = await observer.call('get /api/scopes/{scope}', { params: { scope: cast.scope } });
    expect(people.find(({ id }) => id === observer.id)).toMatchObject({ linkFrom: null });
  });
});
