import type { Duty } from '#shared/contract/duty.ts';
import { m } from '#lib/paraglide/messages.js';

/** What a duty is called. */
export function dutyName(duty: Duty): string {
  return {
    lead: m.people_duty_lead,
    dataOwner: m.people_duty_data_owner,
    reviewer: m.people_duty_reviewer,
    outputPreparer: m.people_duty_output_preparer,
    signatory: m.people_duty_signatory,
    observer: m.people_duty_observer,
  }[duty]();
}

/** The same where it stands by itself, as in the head of a column. */
export function dutyTitle(duty: Duty): string {
  const name = dutyName(duty);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What a duty is there for, in a few words. */
export function dutyPurpose(duty: Duty): string {
  return {
    lead: m.people_does_lead,
    dataOwner: m.people_does_data_owner,
    reviewer: m.people_does_reviewer,
    outputPreparer: m.people_does_output_preparer,
    signatory: m.people_does_signatory,
    observer: m.people_does_observer,
  }[duty]();
}
