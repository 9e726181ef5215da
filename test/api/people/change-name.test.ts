import { readFile } from 'node:fs/promises';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { people } from '#server/db/schema.ts';
import { signedIn, stranger, type Client } from '#test/support/client.ts';
import { addMember, password } from '#test/support/seed-organisation.ts';
import { useTestServer } from '#test/support/context.ts';
import { freshEmail, invite } from '#test/support/invitation.ts';
import { eventsOf, expectNoWrites } from '#test/support/writes.ts';

const ctx = useTestServer();
const route = 'put /api/self/name';

async function member(name = 'Mia Roth'): Promise<Client> {
  const { users, server } = ctx;
  return signedIn(server, await addMember(server.services, users.organisation, name, freshEmail()));
}

test('a person changes their own name, with one event that has both names, once (fault S5)', async () => {
  const { users, server } = ctx;
  const person = await member();
  const ask = { body: { from: 'Mia Roth', to: '  Mia  Roth-Lind ' }, operation: crypto.randomUUID() };
  const { answer, left } = await eventsOf(server.db, users.organisation, () => person.call(route, ask));
  expect(answer).toEqual({ name: 'Mia  Roth-Lind' });
  expect(left).toMatchObject([
    {
      kind: 'person.renamed',
      actorId: person.id,
      body: { person: person.id, before: 'Mia Roth', after: 'Mia  Roth-Lind' },
    },
  ]);
  expect(await expectNoWrites(server.db, () => person.call(route, ask))).toEqual(answer);
  expect((await person.call('get /api/self', {})).name).toBe('Mia  Roth-Lind');
});

test('the event is on the trail of each scope of the person as well (fault S5)', async () => {
  const { users, server } = ctx;
  const { left } = await eventsOf(server.db, users.scope, () =>
    users.observer.call(route, { body: { from: 'Ola Berg', to: 'Ola Bergen' } }),
  );
  expect(left).toMatchObject([{ kind: 'person.renamed' }]);
});

test('a name changed meanwhile is stale, an anonymous client has to sign in, a person without an organisation has no trail (fault S5)', async () => {
  const { server } = ctx;
  const person = await member();
  const [outsider] = await server.db.insert(people).values({ name: 'Out', email: freshEmail() }).returning();
  const outside = await signedIn(server, outsider!);
  await expectNoWrites(server.db, async () => {
    expect(await person.refused(route, { body: { from: 'Mia', to: 'Me' } })).toMatchObject({
      type: 'stale',
      current: 'Mia Roth',
    });
    expect(await stranger(server).refused(route, { body: { from: 'a', to: 'b' } })).toMatchObject({ status: 401 });
    expect(await outside.refused(route, { body: { from: 'Out', to: 'In' } })).toMatchObject({ status: 404 });
  });
});

describe('a name', () => {
  const bad = {
    empty: ' ',
    'too long': 'x'.repeat(121),
    'of a megabyte': 'x'.repeat(1_000_000),
    'with a line break': 'Mia\nRoth',
    'with a control character': 'Mia\u0007Roth',
    'with a direction override': 'Mia \u202Ehtoр',
    'with an isolate': '\u2067Mia',
    'with a zero-width space': 'Ada\u200B Prime',
    'of marks nobody sees': '\u200D\u0301',
    'of a letter nobody sees': '\u3164',
    'of an empty Braille cell': '\u2800',
    'with a soft hyphen': 'Mia\u00AD Roth',
    'with a left-to-right mark': 'Mia\u200E Roth',
    'with a tag': 'Mia\u{E0041} Roth',
    'with a variation selector': 'Mia\uFE0F Roth',
    'with a pile of accents': `Mia${'\u0301\u0316'.repeat(20)}`,
  };

  test.each(Object.entries(bad))(
    '%s is refused with its path on every route that sets it (fault S5)',
    async (_, name) => {
      const { users, server } = ctx;
      const person = await member();
      const { token } = await invite(users);
      await expectNoWrites(server.db, async () => {
        const refused = [
          await person.refused(route, { body: { from: 'Mia Roth', to: name } }),
          await stranger(server).refused('post /api/invitations/{token}', {
            params: { token },
            body: { name, password },
          }),
          await stranger(server).refused('post /api/setup/{token}', {
            params: { token: 'any' },
            body: { organisation: name, name: 'Ada', email: 'ada@works.example', password },
          }),
        ];
        for (const problem of refused.filter(({ status }) => status !== 413)) {
          expect(problem).toMatchObject({ status: 400, type: 'invalid' });
          expect(problem.issues![0]!.path).toMatch(/^body\.(to|name|organisation)$/);
        }
      });
    },
  );

  test.each(['Zoë O’Neill-Šimić', '山田 太郎', 'مریم\u200Cی', '🚗 Team', 'X'])(
    '%s is valid (fault S5)',
    async (name) => {
      const person = await member();
      expect(await person.call(route, { body: { from: 'Mia Roth', to: name } })).toEqual({ name: name.normalize() });
    },
  );

  test('stored before names had a limit is truncated and cleaned by the migration (fault S5)', async () => {
    const { db } = ctx.server;
    const file = new URL('../../../drizzle/0009_invitations-revoked-and-proven.sql', import.meta.url);
    const cut = (await readFile(file, 'utf8')).split('--> statement-breakpoint').at(-1)!;
    const names = ['x'.repeat(1_000_000), 'Mia \u202Ehtoр\n', '   ', 'Ola Berg'];
    const rows = await db
      .insert(people)
      .values(names.map((name, at) => ({ name, email: `old${at}@works.example` })))
      .returning({ id: people.id });
    await db.execute(sql.raw(cut));
    const after = await Promise.all(
      rows.map(async ({ id }) => (await db.select().from(people).where(eq(people.id, id)))[0]!.name),
    );
    expect(after).toEqual(['x'.repeat(100), 'Mia htoр', 'old2', 'Ola Berg']);
  });
});
