import { fine, wrong, type Rule } from '../rule.ts';

/** P06. A review is a statement on exact data: the newest one accepts the present revision. */
export const reviewedOnPresentRevision: Rule = {
  id: 'P06',
  key: 'review.accepted',
  severity: 'error',
  mend: ['reviewer'],
  check({ review, dataHash }) {
    if (review === null) return wrong({ params: { why: 'none' } });
    if (review.dataHash !== dataHash) return wrong({ params: { why: 'stale' } });
    return review.outcome === 'accepted' ? fine : wrong({ params: { why: 'returned' } });
  },
};

/** P07. Nobody releases data they typed themselves. */
export const fourEyes: Rule = {
  id: 'P07',
  key: 'review.fourEyes',
  severity: 'error',
  mend: ['lead', 'reviewer'],
  check: ({ review, editors }) => (review !== null && editors.includes(review.reviewer) ? wrong() : fine),
};
