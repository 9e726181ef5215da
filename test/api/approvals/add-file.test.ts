import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { files } from '#server/db/schema.ts';
import { registerOne } from '#test/support/approvals.ts';
import { useTestServer } from '#test/support/context.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';
import { commandContract } from '#test/support/command-contract.ts';

const ctx = useTestServer();
const route = 'post /api/approvals/{approval}/files';
const pdf = (text = '') => new Blob([`%PDF-1.7\n${text}`]);
const ask = (approval: string, file = pdf(randomUUID()), name = 'Genehmigung „Übersicht“.pdf') => ({
  params: { approval },
  query: { name },
  file,
});

describe('every verb', () =>
  commandContract({
    route,
    kind: 'approval.fileAdded',
    ctx,
    occasion: async () => ({
      by: ctx.users.lead,
      ask: ask((await registerOne(ctx.users)).id),
      trail: ctx.users.organisation,
    }),
  }));

test('the file is downloaded byte for byte, as an attachment under its name and never inline', async () => {
  const { users } = ctx;
  const approval = await registerOne(users);
  const file = new Blob([new Uint8Array(3 * 1024 * 1024).fill(7)]);
  const whole = new Blob(['%PDF-1.7\n', file]);
  const added = await users.lead.call(route, ask(approval.id, whole));
  expect(added).toMatchObject({ mediaType: 'application/pdf', bytes: whole.size, addedBy: users.lead.id });
  const view = await users.observer.call('get /api/approvals/{approval}', { params: { approval: approval.id } });
  expect(view).toMatchObject({ version: approval.version, files: [added] });
  const response = await users.observer.fetch(`/api/approvals/${approval.id}/files/${added.hash}`);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'content-disposition':
      `attachment; filename="Genehmigung __bersicht_.pdf"; ` +
      `filename*=UTF-8''Genehmigung%20%E2%80%9E%C3%9Cbersicht%E2%80%9C.pdf`,
  });
  expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(await whole.arrayBuffer()))).toBe(true);
});

test('the same bytes on two approvals are stored once, and on one approval listed once', async () => {
  const { users, server } = ctx;
  const [one, other] = [await registerOne(users), await registerOne(users)];
  const before = await server.db.$count(files);
  const file = pdf(randomUUID());
  const { left } = await eventsOf(server.db, users.organisation, async () => {
    for (const approval of [one, one, other]) await users.lead.call(route, ask(approval.id, file));
  });
  expect(left).toHaveLength(2);
  expect(await server.db.$count(files)).toBe(before + 1);
});

test.each([
  [
    'a picture called PDF',
    new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])]),
    'scan.pdf',
    'is PNG',
  ],
  ['a page that no kind is', pdf(), 'approval.docx', 'PDF, PNG, JPEG or XML'],
  ['nothing', new Blob([]), 'approval.pdf', 'is empty'],
])('[M19] refuses %s with a sentence', async (_, file, name, said) => {
  const { users, server } = ctx;
  const { id } = await registerOne(users);
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, ask(id, file, name)));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M19' }] });
  expect(problem.detail).toContain(said);
});

test('a file over 20 MiB is refused before it is fully read', async () => {
  const { users, server } = ctx;
  const { id } = await registerOne(users);
  const file = new Blob(['%PDF-1.7\n', new Uint8Array(20 * 1024 * 1024)]);
  const problem = await expectNoWrites(server.db, () => users.lead.refused(route, ask(id, file)));
  expect(problem).toMatchObject({ status: 413, type: 'too-large' });
});

test('another organisation finds neither the file nor the approval', async () => {
  const { users } = ctx;
  const { id } = await registerOne(users);
  const { hash } = await users.lead.call(route, ask(id));
  for (const path of [`/api/approvals/${id}`, `/api/approvals/${id}/files/${hash}`, `/api/approvals/${id}/records`]) {
    expect((await users.elsewhere.admin.fetch(path)).status).toBe(404);
  }
  const other = await registerOne(users);
  expect((await users.lead.fetch(`/api/approvals/${other.id}/files/${hash}`)).status).toBe(404);
});

test('[O01] only a lead of the organisation changes the register', async () => {
  const { users, server } = ctx;
  const { id } = await registerOne(users);
  await expectNoWrites(server.db, async () => {
    for (const person of [users.admin, users.dataOwner, users.signatory]) {
      expect(await person.refused(route, ask(id))).toMatchObject({ status: 403, findings: [{ rule: 'O01' }] });
    }
  });
});

test.each([
  ['...pdf', 'pdf'],
  ['../../etc/passwd.pdf', '_.._etc_passwd.pdf'],
  ['a\\b:c.pdf', 'a_b_c.pdf'],
  ['bill\u202efdp.pdf', 'bill_fdp.pdf'],
  ['...hidden.pdf', 'hidden.pdf'],
])('a file called %j is saved as %s (fault S11)', async (name, saved) => {
  const { users } = ctx;
  const { id } = await registerOne(users);
  const { hash } = await users.lead.call(route, ask(id, pdf(randomUUID()), name));
  const response = await users.lead.fetch(`/api/approvals/${id}/files/${hash}`);
  expect(response.headers.get('content-disposition')).toMatch(new RegExp(`filename\\*=UTF-8''${saved}$`));
});
