import type { Approval, ApprovalState, Coverage } from '#shared/contract/approval.ts';

type Dated = Pick<Approval, 'issuedOn' | 'expiresOn'> & { withdrawn: { on: string } | null };

/** The state of an approval on a day, `YYYY-MM-DD`. */
export function approvalState({ issuedOn, expiresOn, withdrawn }: Dated, day: string): ApprovalState {
  if (withdrawn && withdrawn.on <= day) return 'withdrawn';
  if (issuedOn === null || issuedOn > day) return 'pending';
  return expiresOn !== null && expiresOn < day ? 'expired' : 'granted';
}

/** Whether an approval covers exactly this type, variant and version. */
export function coversVehicle(
  covers: readonly Coverage[],
  vehicle: { type: string; variant: string; version: string },
): boolean {
  return covers.some(
    ({ type, variant, version }) =>
      type === vehicle.type &&
      (variant === null || variant === vehicle.variant) &&
      (version === null || version === vehicle.version),
  );
}
