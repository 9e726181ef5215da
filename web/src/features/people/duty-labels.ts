import type { Duty } from '#shared/contract/duty.ts';
import { m } from '#lib/paraglide/messages.js';

/** The purpose of a duty, in a few words. */
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
