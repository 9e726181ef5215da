import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sendDigests } from '#server/jobs/daily-digest.ts';
import { openMailer, type Mailer } from '#server/mail/mailer.ts';
import { digests, notifications } from '#server/db/schema.ts';
import { useTestServer } from '#test/support/context.ts';
import { startMailServer, type TestMailServer } from '#test/support/mail-server.ts';
import { newRecord } from '#test/support/records.ts';

let clock = new Date('2026-11-25T09:00:00Z');
const ctx = useTestServer({ now: () => clock });
let mailServer: TestMailServer;
let mailer: Mailer;

beforeAll(async () => {
  mailServer = await startMailServer();
  mailer = openMailer({ url: mailServer.url, from: 'board@works.example' });
});
afterAll(async () => {
  mailer.close();
  await mailServer.close();
});
beforeEach(async () => {
  clock = new Date('2026-11-25T09:00:00Z');
  mailServer.mails.length = 0;
  await ctx.server.db.delete(digests);
  await ctx.server.db.delete(notifications);
});

const run = () =>
  sendDigests({ ...ctx.server.services, mailer, publicUrl: 'https://board.example', digestAt: '06:00' });
const choose = (kind: 'exception.raised', inbox: boolean, email: boolean) =>
  ctx.users.lead.call('put /api/notifications/choices', { body: { kind, inbox, email } });

/** Raises an exception on a new record, which notifies the lead as owner of its next action. */
async function notifyTheLead(cause: string): Promise<string> {
  const { users } = ctx;
  const { id, reference } = await newRecord(users);
  await users.lead.call('post /api/records/{record}/next-action', {
    params: { record: id },
    body: { from: null, to: users.lead.id, what: null, due: null },
  });
  await users.reviewer.call('post /api/records/{record}/exceptions', {
    params: { record: id },
    body: { kind: 'other', cause, waitingFor: null, owner: null, until: null },
  });
  return reference;
}

test('contains what is new, with links to each record and its subject, and goes to the right person', async () => {
  const reference = await notifyTheLead('No <mass> & no date');
  await run();
  const [mail, ...others] = mailServer.mails;
  expect(others).toEqual([]);
  expect(mail!.to).toEqual(['lead@works.example']);
  const content = mail!.content.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  expect(content).toContain('Subject: eCoC Board: 1 thing new for you');
  expect(content).toContain(`- ${reference}: Runa Voss raised an exception: No <mass> & no date.`);
  expect(content).toContain('No &lt;mass&gt; &amp; no date');
  expect(content).toMatch(/https:\/\/board\.example\/scopes\/[0-9a-f-]{36}\/records\/[0-9a-f-]{36}/);
  expect(content).toContain('https://board.example/inbox/choices');
});

test('is sent once a day, from its hour on, and never repeats an earlier one', async () => {
  await notifyTheLead('first');
  clock = new Date('2026-11-25T05:59:00Z');
  await run();
  expect(mailServer.mails).toHaveLength(0);
  clock = new Date('2026-11-25T09:00:00Z');
  await run();
  await run();
  expect(mailServer.mails).toHaveLength(1);
  clock = new Date('2026-11-25T12:00:00Z');
  await notifyTheLead('second');
  await run();
  expect(mailServer.mails).toHaveLength(1);
  clock = new Date('2026-11-26T06:00:00Z');
  await run();
  expect(mailServer.mails).toHaveLength(2);
  expect(mailServer.mails[1]!.content).toContain('second');
  expect(mailServer.mails[1]!.content).not.toContain('first');
});

test('is sent once by two concurrent processes', async () => {
  await notifyTheLead('at once');
  await Promise.all([run(), run(), run()]);
  expect(mailServer.mails).toHaveLength(1);
});

test('is sent later, once, if the mail server did not accept it', async () => {
  await notifyTheLead('refused');
  mailServer.refuseNext(1, 451);
  await expect(run()).rejects.toThrow('not now');
  expect(mailServer.mails).toHaveLength(0);
  await run();
  await run();
  expect(mailServer.mails).toHaveLength(1);
});

test('omits kinds that a person does not want mailed; mail-only kinds never count as unread', async () => {
  const unread = async () => (await ctx.users.lead.call('get /api/notifications', { query: {} })).unread;
  try {
    await choose('exception.raised', true, false);
    await notifyTheLead('inbox only');
    await run();
    expect([mailServer.mails.length, await unread()]).toEqual([0, 1]);
    await choose('exception.raised', false, true);
    await notifyTheLead('mail only');
    clock = new Date('2026-11-26T09:00:00Z');
    await run();
    expect([mailServer.mails.length, await unread()]).toEqual([1, 1]);
    await choose('exception.raised', false, false);
    await notifyTheLead('neither');
    const { notifications: told } = await ctx.users.lead.call('get /api/notifications', { query: {} });
    expect(told.map(({ params }) => params['cause'])).toEqual(['mail only', 'inbox only']);
  } finally {
    await choose('exception.raised', true, true);
  }
});
