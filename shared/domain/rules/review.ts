import type { ReviewStanding } from '#shared/contract/record.ts';
import type { Facts } from '../facts.ts';
import { ok, violation, type Rule } from '../rule.ts';

/**
 * The state of the newest review. A review is based on exact data and on the ticks in the data and review checklists.
 * It is stale if the data differs or one of those ticks was removed. Later ticks do not affect it.
 */
export function reviewStanding({
  review,
  dataHash,
  checklist,
}: Pick<Facts, 'review' | 'dataHash' | 'checklist'>): ReviewStanding {
  if (review === null) return 'none';
  const ticked = reviewedTicks(checklist);
  const stands = review.dataHash === dataHash && review.ticked.every((item) => ticked.includes(item));
  return stands ? review.outcome : 'stale';
}

/** The ticked items that a review is based on. */
export function reviewedTicks(checklist: Facts['checklist']): string[] {
  return [...(checklist.data?.ticked ?? []), ...(checklist.review?.ticked ?? [])];
}

/** P06. The newest review accepts exactly the current state. */
export const reviewedOnPresentRevision: Rule = {
  id: 'P06',
  key: 'review.accepted',
  severity: 'error',
  mend: ['reviewer'],
  check(facts) {
    const standing = reviewStanding(facts);
    if (standing === 'accepted') return ok;
    // The reviewer has finished; the data has to be fixed for the reasons that they gave.
    return violation({ params: { why: standing }, ...(standing === 'returned' && { mend: ['dataOwner', 'lead'] }) });
  },
};

/** P07. Nobody releases data that they typed themselves. */
export const fourEyes: Rule = {
  id: 'P07',
  key: 'review.fourEyes',
  severity: 'error',
  mend: ['lead', 'reviewer'],
  check: ({ review, editors }) => (review !== null && editors.includes(review.reviewer) ? violation() : ok),
};

/** P15. A warning: a review stays valid when the rules change after it; the new rules are checked on their own. */
export const reviewedUnderTheseRules: Rule = {
  id: 'P15',
  key: 'review.rules',
  severity: 'warning',
  mend: ['reviewer'],
  check: ({ review, ruleSet }) =>
    review !== null && review.ruleSet !== ruleSet
      ? violation({ params: { made: review.ruleSet, present: ruleSet } })
      : ok,
};
