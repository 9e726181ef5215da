import type { Duty, RecordDuty } from '#shared/contract/duty.ts';
import type { Finding } from '#shared/contract/finding.ts';
import type { Person } from '#shared/contract/person.ts';
import { dutyName } from '#shared/text/names.ts';

/** Who can resolve a finding: the people to whom the record assigns its duties, or the duties without a person. */
export function menders(
  { mend }: Pick<Finding, 'mend'>,
  people: readonly Person[],
  duties?: Record<RecordDuty, string | null>,
): string {
  const named = mend.map((duty: Duty) => {
    const holder = duty in (duties ?? {}) ? duties![duty as RecordDuty] : null;
    const person = people.find(({ id }) => id === holder);
    return person ? `${person.name} (${dutyName(duty)})` : dutyName(duty);
  });
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} / ${named.at(-1)}`;
}
