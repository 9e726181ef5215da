import { expect, test } from 'vitest';
import { reviewMark } from './review-mark.ts';

test('a review shows as accepted only on a record without a regression (fault P19)', () => {
  const mark = (fallen: boolean) => reviewMark({ review: 'accepted', stage: 'output', fallen })?.says;
  expect(mark(false)).toBe('Accepted');
  expect(mark(true)).toBeUndefined();
  expect(reviewMark({ review: 'stale', stage: 'output', fallen: true })?.says).toBe('Review stale');
});
