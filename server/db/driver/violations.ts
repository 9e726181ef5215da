/** The error the database raised, whichever driver and wrapper brought it. */
export function databaseError(error: unknown): { code?: string; constraint?: string } {
  for (let e = error as Record<string, unknown> | undefined; e; e = e['cause'] as typeof e) {
    if (typeof e['code'] === 'string' && /^[0-9A-Z]{5}$/.test(e['code'])) {
      return { code: e['code'], constraint: (e['constraint_name'] ?? e['constraint']) as string };
    }
  }
  return {};
}

/** Two of one VIN or one source row, or two standups of one scope, written at the same moment: whoever tries again finds the other's. */
const findable = ['records_vin', 'records_source', 'standups_open'];

/** Whether a transaction failed only because of another one at the same moment; tried again it sees what that one did. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, constraint } = databaseError(error);
  return code === '40P01' || code === '40001' || (code === '23505' && findable.includes(constraint ?? ''));
}
