import type { z } from 'zod';
import type { NewException } from '#shared/contract/exception.ts';
import type { Card } from '#shared/contract/record.ts';
import { dutiesIn } from '#server/db/access.ts';
import { exceptions } from '#server/db/schema.ts';
import { command, type Act } from './command.ts';
import { NotFound } from './errors.ts';
import { allowOn, openRecord, type OpenRecord } from './open-record.ts';
import { settleRecord } from './settle-record.ts';

type Input = z.infer<typeof NewException> & { record: string };

/** Says what blocks a record; the gates it stands before shut. Throws Forbidden, and NotFound for an owner without a duty in the scope. */
export const raiseException = command('raise-exception', async (act, { record, ...input }: Input) =>
  raiseOn(act, await openRecord(act, record), input),
);

/** The same on a record that is held already. */
export async function raiseOn(
  act: Act,
  open: OpenRecord,
  { owner, ...input }: Omit<Input, 'record'>,
): Promise<{ card: Card; exception: string }> {
  const { row, scope, actor } = open;
  allowOn(open, 'raiseExceptions');
  if (owner !== null && (await dutiesIn(act.tx, owner, scope.id)).length === 0) throw new NotFound('person');
  const [raised] = await act.tx
    .insert(exceptions)
    .values({
      ...input,
      recordId: row.id,
      scopeId: scope.id,
      ownerId: owner,
      raisedBy: actor.id,
      since: act.now,
      waitingSince: act.now,
    })
    .returning({ id: exceptions.id });
  const card = await settleRecord(act.tx, row, act.now, {
    openExceptions: row.openExceptions + 1,
    blockedBy: row.blockedBy ?? input.cause,
  });
  act.record({
    trail: scope.id,
    kind: 'exception.raised',
    record: { id: row.id, reference: row.reference },
    body: { exception: raised!.id, ...input, owner },
    card,
  });
  return { card, exception: raised!.id };
}
