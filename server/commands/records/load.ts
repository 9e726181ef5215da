import type { RecordDuty } from '#shared/contract/duty.ts';
import { permissionDenial, type Permission } from '#shared/domain/ownership.ts';
import { accessToRecord, accessToScope, type ScopeAccess } from '#server/db/access.ts';
import { cardOf, lockRecordOf, type RecordRow } from '#server/db/records.ts';
import type { CommandContext } from '../command.ts';
import { assertAllowed, NotFound } from '../errors.ts';

/** A record that this command has locked, with the actor's access to it. */
export interface LoadedRecord extends ScopeAccess {
  row: RecordRow;
}

/** Locks a record. Throws NotFound if it does not exist for the actor. */
export async function loadRecordForUpdate(ctx: CommandContext, id: string): Promise<LoadedRecord> {
  if (!ctx.actor) throw new NotFound('record');
  // Both in one round trip. A record outside the actor's scopes is not locked, so outsiders cannot block its users.
  const [row, access] = await Promise.all([
    lockRecordOf(ctx.tx, ctx.actor.id, id),
    accessToRecord(ctx.tx, ctx.actor.id, id),
  ]);
  if (!row || !access) throw new NotFound('record');
  return { row, ...access };
}

/** Throws Forbidden if the actor lacks the permission. */
export function assertPermission({ row, actor }: LoadedRecord, permission: Permission): void {
  assertAllowed(permissionDenial(permission, actor, cardOf(row)));
}

/** Throws NotFound if the scope does not exist for the actor. */
export async function requireScopeAccess(ctx: CommandContext, id: string): Promise<ScopeAccess> {
  const access = ctx.actor && (await accessToScope(ctx.tx, ctx.actor.id, id));
  if (!access) throw new NotFound('scope');
  return access;
}

export const dutyColumn = {
  dataOwner: 'dataOwnerId',
  reviewer: 'reviewerId',
  outputPreparer: 'outputPreparerId',
  signatory: 'signatoryId',
} as const satisfies Record<RecordDuty, keyof RecordRow>;
