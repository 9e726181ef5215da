import { and, eq, isNull } from 'drizzle-orm';
import type { RecordDuty } from '#shared/contract/duty.ts';
import { dayOf } from '#shared/domain/day.ts';
import { assignmentDenials } from '#shared/domain/assignment.ts';
import { dutiesIn } from '#server/db/access.ts';
import { timeZoneOf } from '#server/db/organisation-days.ts';
import { cardOf, lockRecord, type RecordRow } from '#server/db/records.ts';
import { departures, exceptions, people } from '#server/db/schema.ts';
import { countChange } from '#server/db/trail.ts';
import { command, type CommandContext } from '../command.ts';
import { dutyColumn } from '../records/load.ts';
import { saveAndJudge } from '../judging/save-record.ts';
import { notifyNextActionAssigned } from '../records/notify-next-action.ts';

interface Input {
  scope: string;
  person: string;
  record: string;
}

/**
 * Takes the open work on one record from a person who left the scope: the next action, duties and exceptions. Each goes
 * to the successor if they may have it, otherwise to nobody. The trail names who ended the last duty. Idempotent;
 * changes nothing for a person who has returned.
 */
export const handOverDeparted = command('hand-over-departed', async (ctx, input: Input): Promise<null> => {
  const row = await lockRecord(ctx.tx, input.record);
  const left = await departureOf(ctx, input);
  if (!row || !left || row.stage === 'archive' || (await dutiesIn(ctx.tx, input.person, input.scope)).length > 0)
    return null;
  const { successor, by } = left;
  const held = successor ? await dutiesIn(ctx.tx, successor, input.scope) : [];
  const today = dayOf(ctx.now, await timeZoneOf(ctx.tx, row.organisationId));
  const taker = { id: successor!, duties: held, absences: [] };
  const owner = held.length > 0 && assignmentDenials(cardOf(row), taker, today).length === 0 ? successor : null;

  const duties = (Object.keys(dutyColumn) as RecordDuty[]).filter((duty) => row[dutyColumn[duty]] === input.person);
  const after = (duty: RecordDuty) => (held.includes(duty) ? successor : null);
  const owned = row.actionOwnerId === input.person;
  const raised = await ctx.tx
    .update(exceptions)
    .set({ ownerId: held.length > 0 ? successor : null })
    .where(and(eq(exceptions.recordId, row.id), eq(exceptions.ownerId, input.person), isNull(exceptions.closedAt)))
    .returning({ id: exceptions.id, cause: exceptions.cause, owner: exceptions.ownerId });
  if (duties.length === 0 && !owned && raised.length === 0) return null;

  const card = await saveAndJudge(ctx.tx, row, ctx.now, {
    ...Object.fromEntries(duties.map((duty) => [dutyColumn[duty], after(duty)])),
    ...(owned && { actionOwnerId: owner }),
  } satisfies Partial<RecordRow>);
  const event = {
    trail: row.scopeId,
    record: { id: row.id, reference: row.reference },
    card,
    ...(by && { actor: by }),
  };
  const departed = { departed: input.person };
  for (const duty of duties)
    ctx.record({
      ...event,
      kind: 'record.assigned',
      body: { duty, before: input.person, after: after(duty), ...departed },
    });
  for (const { id, cause, owner } of raised) {
    const sides = { before: { owner: input.person }, after: { owner } };
    ctx.record({ ...event, kind: 'exception.changed', body: { exception: id, cause, ...sides, ...departed } });
  }
  if (owned) {
    const action = { what: row.nextAction, due: row.dueOn };
    const sides = { before: { ...action, owner: input.person }, after: { ...action, owner } };
    const counts = countChange(cardOf(row), card);
    ctx.record({ ...event, kind: 'record.handedOver', body: { ...sides, ...departed }, counts });
    if (by) notifyNextActionAssigned({ ...ctx, actor: by }, row.scopeId, row.actionOwnerId, card);
  }
  return null;
});

async function departureOf(ctx: CommandContext, { scope, person }: Input) {
  const [left] = await ctx.tx
    .select({ successor: departures.successorId, by: { id: people.id, name: people.name } })
    .from(departures)
    .leftJoin(people, eq(people.id, departures.byId))
    .where(and(eq(departures.scopeId, scope), eq(departures.personId, person), isNull(departures.doneAt)));
  return left;
}
