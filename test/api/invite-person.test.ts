import { describe, expect, test } from 'vitest';
import type { Duty } from '#shared/contract/duty.ts';
import { invitations } from '#server/db/schema.ts';
import { stranger } from '#test/support/client.ts';
import { standOn } from '#test/support/ground.ts';
import { freshEmail } from '#test/support/invitation.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const route = 'post /api/organisations/{organisation}/invitations';
const ask = (more: { admin?: boolean; scope?: string | null; email?: string } = {}) => ({
  params: { organisation: ground.cast.organisation },
  body: { email: freshEmail(), scope: ground.cast.scope, duties: ['reviewer'] as Duty[], ...more },
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'person.invited',
    ground,
    occasion: async () => ({ by: ground.cast.admin, ask: ask(), trail: ground.cast.organisation }),
  }));

test('makes a link that shows who invites whom, and keeps only its hash', async () => {
  const { cast, server } = ground;
  const { answer, left } = await eventsOf(server.db, cast.organisation, () => cast.admin.call(route, ask()));
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
  const { invitations: listed } = await cast.lead.call('get /api/organisations/{organisation}/invitations', {
    params: { organisation: cast.organisation },
  });
  expect(listed).toContainEqual(answer.invitation);
});

test('the lead invites into the own scope, not as administrator and not beyond it', async () => {
  const { cast, server } = ground;
  await cast.lead.call(route, ask());
  await withoutTrace(server.db, async () => {
    for (const more of [{ admin: true }, { scope: null }]) {
      expect(await cast.lead.refused(route, ask(more))).toMatchObject({ status: 403, findings: [{ rule: 'O04' }] });
    }
    expect(await cast.dataOwner.refused(route, ask())).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
  });
});

test('a scope of another organisation is not found', async () => {
  const { cast, server } = ground;
  const problem = await withoutTrace(server.db, () => cast.admin.refused(route, ask({ scope: cast.elsewhere.scope })));
  expect(problem).toMatchObject({ status: 404 });
});

test('an e-mail that is none is refused with its path', async () => {
  const { cast, server } = ground;
  const problem = await withoutTrace(server.db, () => cast.admin.refused(route, ask({ email: 'nobody' })));
  expect(problem).toMatchObject({ status: 400, issues: [{ path: 'body.email' }] });
});
