import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { files } from '#server/db/schema.ts';
import { registerOne } from '#test/support/approvals.ts';
import { standOn } from '#test/support/ground.ts';
import { eventsOf, withoutTrace } from '#test/support/trace.ts';
import { holdsForEveryVerb } from '#test/support/verb.ts';

const ground = standOn();
const route = 'post /api/approvals/{approval}/files';
const pdf = (text = '') => new Blob([`%PDF-1.7\n${text}`]);
const ask = (approval: string, file = pdf(randomUUID()), name = 'Genehmigung „Übersicht“.pdf') => ({
  params: { approval },
  query: { name },
  file,
});

describe('every verb', () =>
  holdsForEveryVerb({
    route,
    kind: 'approval.fileAdded',
    ground,
    occasion: async () => ({
      by: ground.cast.lead,
      ask: ask((await registerOne(ground.cast)).id),
      trail: ground.cast.organisation,
    }),
  }));

test('the file comes back byte for byte, to be saved under its name and never shown', async () => {
  const { cast } = ground;
  const approval = await registerOne(cast);
  const file = new Blob([new Uint8Array(3 * 1024 * 1024).fill(7)]);
  const whole = new Blob(['%PDF-1.7\n', file]);
  const added = await cast.lead.call(route, ask(approval.id, whole));
  expect(added).toMatchObject({ mediaType: 'application/pdf', bytes: whole.size, addedBy: cast.lead.id });
  const view = await cast.observer.call('get /api/approvals/{approval}', { params: { approval: approval.id } });
  expect(view).toMatchObject({ version: approval.version, files: [added] });
  const response = await cast.observer.fetch(`/api/approvals/${approval.id}/files/${added.hash}`);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'content-disposition':
      `attachment; filename="Genehmigung __bersicht_.pdf"; ` +
      `filename*=UTF-8''Genehmigung%20%E2%80%9E%C3%9Cbersicht%E2%80%9C.pdf`,
  });
  expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from(await whole.arrayBuffer()))).toBe(true);
});

test('the same bytes on two approvals are kept once, and on one approval named once', async () => {
  const { cast, server } = ground;
  const [one, other] = [await registerOne(cast), await registerOne(cast)];
  const before = await server.db.$count(files);
  const file = pdf(randomUUID());
  const { left } = await eventsOf(server.db, cast.organisation, async () => {
    for (const approval of [one, one, other]) await cast.lead.call(route, ask(approval.id, file));
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
  const { cast, server } = ground;
  const { id } = await registerOne(cast);
  const problem = await withoutTrace(server.db, () => cast.lead.refused(route, ask(id, file, name)));
  expect(problem).toMatchObject({ status: 422, findings: [{ rule: 'M19' }] });
  expect(problem.detail).toContain(said);
});

test('a file past 20 MiB is refused before it is read to the end', async () => {
  const { cast, server } = ground;
  const { id } = await registerOne(cast);
  const file = new Blob(['%PDF-1.7\n', new Uint8Array(20 * 1024 * 1024)]);
  const problem = await withoutTrace(server.db, () => cast.lead.refused(route, ask(id, file)));
  expect(problem).toMatchObject({ status: 413, type: 'too-large' });
});

test('another organisation finds neither the file nor the approval', async () => {
  const { cast } = ground;
  const { id } = await registerOne(cast);
  const { hash } = await cast.lead.call(route, ask(id));
  for (const path of [`/api/approvals/${id}`, `/api/approvals/${id}/files/${hash}`, `/api/approvals/${id}/records`]) {
    expect((await cast.elsewhere.admin.fetch(path)).status).toBe(404);
  }
  const other = await registerOne(cast);
  expect((await cast.lead.fetch(`/api/approvals/${other.id}/files/${hash}`)).status).toBe(404);
});

test('[O01] only a lead of the organisation changes the register', async () => {
  const { cast, server } = ground;
  const { id } = await registerOne(cast);
  await withoutTrace(server.db, async () => {
    for (const person of [cast.admin, cast.dataOwner, cast.signatory]) {
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
  const { cast } = ground;
  const { id } = await registerOne(cast);
  const { hash } = await cast.lead.call(route, ask(id, pdf(randomUUID()), name));
  const response = await cast.lead.fetch(`/api/approvals/${id}/files/${hash}`);
  expect(response.headers.get('content-disposition')).toMatch(new RegExp(`filename\\*=UTF-8''${saved}$`));
});
