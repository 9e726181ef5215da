import { expect, test } from 'vitest';
import { agoLabel } from './ago-labels.ts';

const now = new Date('2026-03-10T12:00:00Z');

test.each([
  ['2026-03-10T11:59:30Z', 'now'],
  ['2026-03-10T12:04:00Z', 'now'],
  ['2026-03-10T11:58:59Z', '1 minute ago'],
  ['2026-03-10T09:00:00Z', '3 hours ago'],
  ['2026-03-09T11:00:00Z', 'yesterday'],
  ['2026-03-04T11:00:00Z', '6 days ago'],
  ['2026-02-01T11:00:00Z', '1 Feb 2026'],
])('%s is shown as %s', (at, message) => {
  expect(agoLabel(at, now)).toBe(message);
});
