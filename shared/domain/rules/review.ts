import type { ReviewStanding } from '#shared/contract/record.ts';
import type { Facts } from '../facts.ts';
import { ok, violation, type Rule } from '../rule.ts';

/**
 * The newest review seen from now. It was made on exact data and on what was ticked in the data and review checklists:
 * it is stale once the data differs, or one of those ticks was taken away. What was ticked later does not touch it.
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

/** The ticked items a review is made on. */
export function reviewedTicks(checklist: Facts['checklist']): string[] {
  return [...(checklist.data?.ticked ?? []), ...(checklist.review?.ticked ?? [])];
}

/** P06. The newest review accepts exactly what stands there now. */
export const reviewedOnPresentRevision: Rule = {
  id: 'P06',
  key: 'review.accepted',
  severity: 'error',
  mend: ['reviewer'],
  check(facts) {
    const standing = reviewStanding(facts);
    if (standing === 'accepted') return ok;
    // The reviewer has done their part: what they named is in the data.
    return violation({ params: { why: standing }, ...(standing === 'returned' && { mend: ['dataOwner', 'lead'] }) });
  },
};

/** P07. Nobody releases data they typed themselves. */
export const fourEyes: Rule = {
  id: 'P07',
  key: 'review.fourEyes',
  severity: 'error',
  mend: ['lead', 'reviewer'],
  check: ({ review, editors }) => (review !== null && editors.includes(review.reviewer) ? violation() : ok),
};

/** P15. A warning: a review stands although the rules became other ones after it; what they ask, they ask again. */
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
