import { beforeAll, expect, test } from 'vitest';
import { accessFaults, outsiders, type OutsiderClients } from '#test/support/access.ts';
import { accessAttempts } from '#test/support/access-attempts.ts';
import { everyRequest } from '#test/support/every-request.ts';
import { useTestServer } from '#test/support/context.ts';
import { everyCheck } from './access-checks.ts';
import { socketFaults } from './socket-faults.ts';
import { deleteCheck, switches } from './switches.ts';

const ctx = useTestServer();
let people: OutsiderClients;

/** Everything that checks access: each route, and the sockets. */
const attempts: Record<string, () => Promise<string[]>> = {
  ...Object.fromEntries(Object.keys(everyRequest).map((name) => [name, () => accessFaults(ctx, people, name)])),
  ...Object.fromEntries(Object.entries(accessAttempts).map(([name, attempt]) => [name, () => attempt(ctx, people)])),
  sockets: () => socketFaults(ctx, people),
};

/** The attempts that reach each check. */
const passing = new Map<string, string[]>();

beforeAll(async () => {
  people = await outsiders(ctx);
  for (const [name, attempt] of Object.entries(attempts)) {
    switches.asked.clear();
    const faults = await attempt();
    if (faults.length > 0) throw new Error(`With every check in place: ${faults.join('; ')}`);
    for (const id of switches.asked) passing.set(id, [...(passing.get(id) ?? []), name]);
  }
});

/**
 * Scoping conditions are built into prepared queries, so their callers are not tracked: attempts on other people's data
 * run first.
 */
const inOrder = [...Object.keys(accessAttempts), 'sockets', ...Object.keys(everyRequest)];

test.each(everyCheck())('a test notices if $id is deleted (fault D2)', async (check) => {
  const names = check.kind === 'scoping' ? inOrder : (passing.get(check.id) ?? []);
  expect(names, 'no test comes by here').not.toEqual([]);
  const restore = await deleteCheck(ctx.server.db, check);
  try {
    for (const name of names) {
      const faults = await attempts[name]!().catch((error: unknown) => [String(error)]);
      if (faults.length > 0) return;
    }
    expect.fail(`survived ${names.join(', ')}`);
  } finally {
    await restore();
  }
});
