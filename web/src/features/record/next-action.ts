import type { ScopePerson } from '#shared/contract/person.ts';
import type { StageKey } from '#shared/contract/stage.ts';
import { stageOf } from '#shared/domain/operating-model.ts';

/** Who may be given the next action in a stage: the leads and those who hold the stage's duty. */
export function mayOwnNext(people: readonly ScopePerson[], stage: StageKey): ScopePerson[] {
  const { owner } = stageOf(stage);
  return people.filter(({ duties }) => duties.includes('lead') || duties.includes(owner));
}

export type DueState = 'none' | 'later' | 'today' | 'overdue';

/** Days as `YYYY-MM-DD`. */
export function dueState(due: string | null, today: string): DueState {
  if (due === null) return 'none';
  if (due === today) return 'today';
  return due < today ? 'overdue' : 'later';
}
