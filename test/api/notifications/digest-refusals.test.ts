import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { sendDigests } from '#server/jobs/daily-digest.ts';
import { openMailer, type Mailer } from '#server/mail/mailer.ts';
import { digests, notifications } from '#server/db/schema.ts';
import { useTestServer } from '#test/support/context.ts';
import { startMailServer, type TestMailServer } from '#test/support/mail-server.ts';
import { newRecord } from '#test/support/records.ts';

let clock: Date;
const ctx = useTestServer({ now: () => clock ?? new Date('2026-11-25T09:00:00Z') });
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
  const { users, server } = ctx;
  await server.db.delete(digests);
  await server.db.delete(notifications);
  const { id } = await newRecord(users);
  const told = { kind: 'action.overdue', scopeId: users.scope, recordId: id, params: { due: '2026-11-24' } } as const;
  await server.db
    .insert(notifications)
    .values(
      [users.lead, users.reviewer].map((to) => ({ ...told, personId: to.id, at: clock, occasion: `late ${id}` })),
    );
});

const run = (by = mailer) =>
  sendDigests({ ...ctx.server.services, mailer: by, publicUrl: 'https://board.example', digestAt: '06:00' });
const addressees = () => mailServer.mails.flatMap(({ to }) => to).sort();
const both = ['lead@works.example', 'reviewer@works.example'];

test('a temporarily refused mail does not delay others, and is retried', async () => {
  mailServer.refuseNext(1, 451);
  await expect(run()).rejects.toThrow('not now');
  expect(mailServer.mails).toHaveLength(1);
  await run();
  await run();
  expect(addressees()).toEqual(both);
});

test('a permanently refused mail is not retried that day, and its content is in the next day’s mail', async () => {
  mailServer.refuseNext(1, 554);
  await expect(run()).rejects.toThrow('not now');
  await run();
  expect(mailServer.mails).toHaveLength(1);
  clock = new Date('2026-11-26T09:00:00Z');
  await run();
  expect(addressees()).toEqual(both);
});

test('nothing is lost while the mail server is unavailable', async () => {
  const away = openMailer({ url: 'smtp://127.0.0.1:1', from: 'board@works.example' });
  await expect(run(away)).rejects.toThrow('ECONNREFUSED');
  away.close();
  await run();
  expect(addressees()).toEqual(both);
});
