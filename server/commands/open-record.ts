import type { RecordDuty } from '#shared/contract/duty.ts';
import { mayAct, type Act as OwnedAct } from '#shared/domain/ownership.ts';
import { accessToRecord, accessToScope, type ScopeAccess } from '#server/db/access.ts';
import { cardOf, lockRecordOf, type RecordRow } from '#server/db/records.ts';
import type { Act } from './command.ts';
import { allow, NotFound } from './errors.ts';

/** A record held for this command, seen by this person. */
export interface OpenRecord extends ScopeAccess {
  row: RecordRow;
}

/** Locks a record. Throws NotFound where it does not exist for the actor. */
export async function openRecord(act: Act, id: string): Promise<OpenRecord> {
  if (!act.actor) throw new NotFound('record');
  // Both in one round trip. A record outside the actor's scopes is not locked, so outsiders cannot block its users.
  const [row, access] = await Promise.all([
    lockRecordOf(act.tx, act.actor.id, id),
    accessToRecord(act.tx, act.actor.id, id),
  ]);
  if (!row || !access) throw new NotFound('record');
  return { row, ...access };
}

/** Throws Forbidden where the act is not the person's. */
export function allowOn({ row, actor }: OpenRecord, act: OwnedAct): void {
  allow(mayAct(act, actor, cardOf(row)));
}

/** Throws NotFound where the scope does not exist for the actor. */
export async function openScope(act: Act, id: string): Promise<ScopeAccess> {
  const access = act.actor && (await accessToScope(act.tx, act.actor.id, id));
  if (!access) throw new NotFound('scope');
  return access;
}

export const dutyColumn = {
  dataOwner: 'dataOwnerId',
  reviewer: 'reviewerId',
  outputPreparer: 'outputPreparerId',
  signatory: 'signatoryId',
} as const satisfies Record<RecordDuty, keyof RecordRow>;
