import { ok, violation, type Rule } from '../rule.ts';

/**
 * P16. Four eyes take two people. Whoever edits the data, invites a reviewer and hands over the link may be both: a
 * warning, since the mailbox was not asked. It is silent where the invitation went out by mail.
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

/** P17. The same of a waiver and whoever approved it. */
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
