export type DueState = 'none' | 'later' | 'today' | 'overdue';

/** Days as `YYYY-MM-DD`. */
export function dueState(due: string | null, today: string): DueState {
  if (due === null) return 'none';
  if (due === today) return 'today';
  return due < today ? 'overdue' : 'later';
}
