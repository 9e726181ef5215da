import type { Standup, StandupDecision, StandupOutcome } from '#shared/contract/standup.ts';
import type { z } from 'zod';
import type { Client } from './client.ts';
import type { TestContext } from './context.ts';

/** Starts a standup. A scope has at most one open standup, so this first ends one left open by another test. */
export async function started({ users }: TestContext, by: Client = users.lead, records?: string[]): Promise<Standup> {
  await endOpen({ users });
  const { standup } = await by.call('post /api/scopes/{scope}/standups', {
    params: { scope: users.scope },
    body: records ? { records } : {},
  });
  return standup;
}

export async function endOpen({ users }: Pick<TestContext, 'users'>): Promise<void> {
  const { standups } = await users.lead.call('get /api/scopes/{scope}/standups', {
    params: { scope: users.scope },
    query: {},
  });
  const open = standups.find(({ endedAt }) => endedAt === null);
  if (!open) return;
  const { standup } = await lead(users.lead, open);
  await end(users.lead, standup);
}

type Seen = Pick<Standup, 'id' | 'term' | 'position'>;

export const join = (by: Client, { id }: Pick<Seen, 'id'>) =>
  by.call('post /api/standups/{standup}/join', { params: { standup: id }, body: {} });
export const leave = (by: Client, { id }: Pick<Seen, 'id'>) =>
  by.call('post /api/standups/{standup}/leave', { params: { standup: id }, body: {} });

export const walking = ({ id, term, position }: Seen, to: number) => ({
  params: { standup: id },
  body: { term, from: position, to },
});
export const walk = (by: Client, standup: Seen, to: number) =>
  by.call('post /api/standups/{standup}/walk', walking(standup, to));

export const leading = ({ id, term }: Pick<Seen, 'id' | 'term'>) => ({ params: { standup: id }, body: { term } });
export const lead = (by: Client, standup: Pick<Seen, 'id' | 'term'>) =>
  by.call('post /api/standups/{standup}/lead', leading(standup));
export const end = (by: Client, standup: Pick<Seen, 'id' | 'term'>) =>
  by.call('post /api/standups/{standup}/end', leading(standup));

export const deciding = (
  { id }: Pick<Seen, 'id'>,
  position: number,
  decision: z.input<typeof StandupDecision>,
  from: StandupOutcome | null = null,
) => ({ params: { standup: id, position: String(position) }, body: { from, decision } });
export const decide = (by: Client, ...asked: Parameters<typeof deciding>) =>
  by.call('post /api/standups/{standup}/items/{position}/outcome', deciding(...asked));

export const plan = (by: Client, record: string, from: string | null, to: string | null) =>
  by.call('post /api/records/{record}/release', { params: { record }, body: { from, to } });
