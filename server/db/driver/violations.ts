/** Returns the error that the database raised, whichever driver and wrapper threw it. Empty if there is none. */
export function databaseError(error: unknown): { code?: string; constraint?: string } {
  for (let e = error as Record<string, unknown> | undefined; e; e = e['cause'] as typeof e) {
    if (typeof e['code'] === 'string' && /^[0-9A-Z]{5}$/.test(e['code'])) {
      return { code: e['code'], constraint: (e['constraint_name'] ?? e['constraint']) as string };
    }
  }
  return {};
}

/**
 * Constraints that concurrent writes can violate: the same VIN, the same source row, or two standups of one scope. A
 * retry finds the row of the other transaction.
 */
const findable = ['records_vin', 'records_source', 'standups_open'];

/** Whether a transaction failed only because of a concurrent one. A retry sees the changes of the other transaction. */
export function isUniqueViolation(error: unknown): boolean {
  const { code, constraint } = databaseError(error);
  return code === '40P01' || code === '40001' || (code === '23505' && findable.includes(constraint ?? ''));
}
