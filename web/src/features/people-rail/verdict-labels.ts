import { sentence } from '#shared/text/sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { firstDenial, type AssignmentVerdict } from './assignment-verdict.ts';

/** Whether a person can take the dragged cards, in one line; `person` null: nobody. */
export function verdictLabel(verdict: AssignmentVerdict, person: object | string | null): string {
  const first = firstDenial(verdict);
  const why = first ? sentence(first) : '';
  if (verdict.of > 1 && first) return `${m.handing_may_set({ may: verdict.eligible, of: verdict.of })}. ${why}`;
  if (first) return why;
  if (verdict.owned && person) return m.handing_owned();
  return person ? m.handing_may() : m.handing_may_nobody();
}
