import { expect, test } from 'vitest';
import { eventKinds, TrailEvent } from '#shared/contract/event.ts';
import { storedFacts, storedRows } from '#test/support/stored-events.ts';
import { hashOf } from './trail.ts';

test.each(storedRows)('the hash of a stored $kind still covers exactly the stored content', ({ hash, ...row }) => {
  expect(hashOf(row)).toBe(hash);
});

test.each(storedFacts)('a stored $kind matches its schema, which declares all its keys', (fact) => {
  const row = { ...fact, seq: 1, at: '2026-11-25T08:00:00.000Z', actor: null, record: null };
  expect(TrailEvent.parse(row)).toEqual(row);
});

test('the stored events cover every kind of those versions', () => {
  const later = ['organisation.timeZoneSet', 'invitation.revoked', 'person.renamed', 'record.renumbered'];
  const stored = new Set(storedFacts.map(({ kind }) => kind));
  expect(eventKinds.filter((kind) => !stored.has(kind)).sort()).toEqual(later.sort());
});
