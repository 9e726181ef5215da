import { expect, test } from 'vitest';
import { reviewMark } from './review-mark.ts';

test('a review is said to be accepted only of a record that still stands (fault P19)', () => {
  const mark = (fallen: boolean) => reviewMark({ review: 'accepted', stage: 'output', fallen })?.says;
  expect(mark(false)).toBe('Accepted');
  expect(mark(true)).toBeUndefined();
  expect(reviewMark({ review: 'stale', stage: 'output', fallen: true })?.says).toBe('Review stale');
});
