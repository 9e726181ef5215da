import type { Duty, RecordDuty } from '#shared/contract/duty.ts';
import { dutyName } from '#shared/text/names.ts';
import { eitherOf } from '#lib/locale.ts';
import { m } from '#lib/paraglide/messages.js';
import type { OpenRecord } from '../state/open-record.svelte.ts';

/** Who can resolve something on this record, by name where it is known: `you`, `Ana Kovac or the lead`. */
export function menderLabel(mend: readonly Duty[], record: OpenRecord): string {
  const who = mend.map((duty) => {
    const ownerId = duty === 'lead' || duty === 'observer' ? null : record.card.duties[duty as RecordDuty];
    const own = ownerId === record.actor.id || (duty === 'lead' && record.actor.duties.includes('lead'));
    if (own) return m.app_you();
    return (ownerId && record.personName(ownerId)) ?? m.record_the_duty({ duty: dutyName(duty) });
  });
  const distinct = [...new Set(who)];
  return distinct.includes(m.app_you()) ? m.app_you() : eitherOf(distinct);
}
