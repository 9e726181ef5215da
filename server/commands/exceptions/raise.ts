import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { NewException } from '#shared/contract/exception.ts';
import type { Card } from '#shared/contract/record.ts';
import { noSuchFinding } from '#shared/domain/exceptions.ts';
import { dutiesIn } from '#server/db/access.ts';
import { cardOf } from '#server/db/records.ts';
import { exceptions, judgements } from '#server/db/schema.ts';
import { command, type CommandContext } from '../command.ts';
import { NotFound, Refused } from '../errors.ts';
import { saveOpenExceptions } from './load.ts';
import { assertPermission, loadRecordForUpdate, type LoadedRecord } from '../records/load.ts';

type Input = z.infer<typeof NewException> & { record: string };
interface Raised {
  card: Card;
  exception: string;
  /** The finding was raised before and its exception is open; nothing changed. */
  existed: boolean;
}

/**
 * Raises an exception that blocks a record; the gates ahead of the record close. Raising the same finding again returns
 * its open exception. Throws Forbidden, NotFound for an owner without a duty in the scope, and Refused for a finding
 * that no gate reports.
 */
export const raiseException = command('raise-exception', async (ctx, { record, ...input }: Input) =>
  raiseOn(ctx, await loadRecordForUpdate(ctx, record), input),
);

/** The same for a record that is already locked. */
export async function raiseOn(
  ctx: CommandContext,
  open: LoadedRecord,
  { owner, ...input }: Omit<Input, 'record'>,
): Promise<Raised> {
  const { row, scope, actor } = open;
  assertPermission(open, 'raiseExceptions');
  if (owner !== null && (await dutiesIn(ctx.tx, owner, scope.id)).length === 0) throw new NotFound('person');
  if (input.rule !== null) {
    const existing = await openExceptionOfFinding(ctx, row.id, input.rule, input.entry);
    if (existing) return { card: cardOf(row), exception: existing, existed: true };
    await requireFinding(ctx, row.id, input.rule, input.entry);
  }
  const [raised] = await ctx.tx
    .insert(exceptions)
    .values({
      ...input,
      recordId: row.id,
      scopeId: scope.id,
      ownerId: owner,
      raisedBy: actor.id,
      since: ctx.now,
      waitingSince: ctx.now,
    })
    .returning({ id: exceptions.id });
  const exception = raised!.id;
  const body = { exception, ...input, owner };
  const card = await saveOpenExceptions(ctx, open, { kind: 'exception.raised', body });
  ctx.notify({
    people: [row.actionOwnerId, row.dataOwnerId, owner].filter((one) => one !== null && one !== actor.id) as string[],
    kind: 'exception.raised',
    scope: scope.id,
    record: row.id,
    params: { by: ctx.actor!.name, cause: input.cause, exception },
    occasion: `exception raised ${exception}`,
  });
  return { card, exception, existed: false };
}

/** The open exception that was raised from a finding; null: none. */
export async function openExceptionOfFinding(
  ctx: CommandContext,
  record: string,
  rule: string,
  entry: string | null,
): Promise<string | null> {
  const [row] = await ctx.tx
    .select({ id: exceptions.id })
    .from(exceptions)
    .where(
      and(
        eq(exceptions.recordId, record),
        eq(exceptions.rule, rule),
        entry === null ? isNull(exceptions.entry) : eq(exceptions.entry, entry),
        isNull(exceptions.closedAt),
      ),
    );
  return row?.id ?? null;
}

async function requireFinding(ctx: CommandContext, record: string, rule: string, entry: string | null): Promise<void> {
  const [judged] = await ctx.tx
    .select({ verdicts: judgements.verdicts })
    .from(judgements)
    .where(eq(judgements.recordId, record));
  const isStated = judged?.verdicts.some(({ findings }) =>
    findings.some((one) => one.rule === rule && one.entry === entry && one.key !== 'exception.open'),
  );
  if (!isStated) throw new Refused([noSuchFinding(rule)]);
}
