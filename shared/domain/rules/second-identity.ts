import { ok, violation, type Rule } from '../rule.ts';

/**
 * P16. The four-eyes principle needs two people. A person who edits the data, invites a reviewer and passes on the link
 * may be both. A warning, because the mailbox was not verified. No violation if the invitation was sent by mail.
 */
export const reviewerIsSomebodyElse: Rule = {
  id: 'P16',
  key: 'review.unproven',
  severity: 'warning',
  mend: ['lead'],
  check({ review, editors }) {
    const unproven = review?.unproven;
    if (!unproven || !editors.includes(unproven.inviter.id)) return ok;
    return violation({ params: { reviewer: unproven.name, inviter: unproven.inviter.name } });
  },
};

/** P17. Like P16, for a waiver and its approver. */
export const approverIsSomebodyElse: Rule = {
  id: 'P17',
  key: 'waiver.unproven',
  severity: 'warning',
  mend: ['lead'],
  check: ({ waivers }) =>
    waivers.flatMap(({ rule, unproven }) =>
      unproven ? violation({ params: { waived: rule, approver: unproven.name, inviter: unproven.inviter.name } }) : ok,
    ),
};
